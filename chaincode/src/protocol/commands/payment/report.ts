import { z } from 'zod';
import { PAYMENT_STATUSES } from '../../records/index.js';
import { paidFields, paysOne, zAmount, zCurrency, zHash, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/** Records in the book of the payer's bank what a pacs.002 says of the payment of a presentment, or of a leg of a batch that is agreed. */
export const report = command({
  summary: 'records what a pacs.002 says of the payment',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.payment.report.v1',
  request: z
    .strictObject({
      uetr: zUetr.optional(),
      ...paidFields,
      /**
       * The payment that was reported as arrived before has not arrived: the whole amount is paid anew. Without this a second payment beside one that arrived is refused, so that
       * two clients that pay at the same time do not both do so. It is of no use once anything was attested.
       */
      anew: z.literal(true).optional(),
    })
    .refine(paysOne, { error: 'REQUEST_MALFORMED' }),
  private: z.strictObject({
    currency: zCurrency,
    amount: zAmount,
    status: z.enum(PAYMENT_STATUSES),
    messageHash: zHash,
  }),
  refuses: [
    'LEG_KIND',
    'UETR_USED',
    'OUTCOME_MISSING',
    'REGISTRATION_MISSING',
    'NOT_APPROVED',
    'NOT_ALLOCATED',
    'REFERENCE_MISSING',
    'STATE',
    'PAYMENT_PENDING',
    'LEG_FOREIGN',
    'PAYMENT_MISMATCH',
    'OVERPAID',
    'PAYMENTS_EXCEEDED',
  ],
});
