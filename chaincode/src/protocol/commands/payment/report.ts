import { z } from 'zod';
import { PAYMENT_STATUSES } from '../../records/index.js';
import { zAmount, zCurrency, zHash, zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/** Records in the book of the payer's bank what a pacs.002 says of the payment of a presentment. */
export const report = command({
  summary: 'records what a pacs.002 says of the payment',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.payment.report.v1',
  request: z.strictObject({
    uetr: zUetr.optional(),
    presentmentId: zId,
  }),
  private: z.strictObject({
    currency: zCurrency,
    amount: zAmount,
    status: z.enum(PAYMENT_STATUSES),
    messageHash: zHash,
  }),
  refuses: ['UETR_USED', 'REFERENCE_MISSING', 'STATE', 'PAYMENT_PENDING', 'PAYMENT_MISMATCH'],
});
