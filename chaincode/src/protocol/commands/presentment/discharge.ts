import { z } from 'zod';
import { furtherUetrs, namesOnce, zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/** Discharges a presentment. Its slices become PAID, against proof of payment, and not before the value date that was attested. */
export const discharge = command({
  summary: 'marks the presented slices as paid, against proof',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.presentment.discharge.v1',
  request: z
    .strictObject({
      presentmentId: zId,
      uetr: zUetr.optional(),
      ...furtherUetrs,
      /** `register` does not write the holder's copy, so that a silent holder cannot stall this. Default `all`. */
      books: z.enum(['all', 'register']).optional(),
    })
    .refine(namesOnce, { error: 'DUPLICATE_ITEM' }),
  refuses: [
    'PAYMENT_RETURNED',
    'PAYMENT_MISMATCH',
    'PAYMENT_NOT_FINAL',
    'VALUE_DATE_AHEAD',
    'ATTESTATION_NEEDED',
    'ACKNOWLEDGEMENT_NEEDED',
    'OVERPAID',
    'UNDERPAID',
    'STATE',
  ],
});
