import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { furtherUetrs, namesOnce, zId, zIds, zList, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Discharges a presentment. Its slices become PAID, against proof of payment, and not before the value date that was attested. One call discharges up to ten presentments that
 * are paid by one payment each, of one bank and of holders in one organisation; without the holders' copies also of one payee's bank.
 */
export const discharge = command({
  summary: 'marks the presented slices as paid, against proof',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.presentment.discharge.v1',
  request: z
    .strictObject({
      presentmentId: zId,
      uetr: zUetr.optional(),
      ...furtherUetrs,
      /** Other presentments of the same bank, whose holders are in the same organisation. */
      furtherPresentmentIds: zIds(LIMITS.dischargedTogether - 1).optional(),
      /** The payment of each of these, in their order. */
      furtherPresentmentUetrs: zList(zUetr, LIMITS.dischargedTogether - 1).optional(),
      /** `register` does not write the holder's copy, so that a silent holder cannot stall this. Default `all`. */
      books: z.enum(['all', 'register']).optional(),
    })
    .refine(namesOnce, { error: 'DUPLICATE_ITEM' })
    .refine(({ presentmentId, furtherPresentmentIds = [] }) => !furtherPresentmentIds.includes(presentmentId), {
      path: ['furtherPresentmentIds'],
      error: 'DUPLICATE_ITEM',
    })
    .refine(
      ({ furtherPresentmentIds = [], furtherPresentmentUetrs = [] }) =>
        furtherPresentmentIds.length === furtherPresentmentUetrs.length,
      { path: ['furtherPresentmentUetrs'], error: 'REQUEST_MALFORMED' },
    ),
  refuses: [
    'PAYMENT_RETURNED',
    'BATCH_MIXED',
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
