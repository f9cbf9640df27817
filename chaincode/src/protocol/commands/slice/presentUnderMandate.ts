import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zAmount, zCurrency, zHash, zId, zIds, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Presents due slices of one holder for the holder, by its mandate. The account is the one that the mandate names, so it takes one
 * person of the bank. The payment needs a UETR. The holder's peer endorses, and nobody of the holder has to act.
 * With `mergedIds` the slices of each certificate become one, and these are what is presented: up to 200 slices of up to 50 certificates. Without it
 * each slice is presented as it is, up to 50.
 * With `announced` the call also says which payment is to be sent, as `payment:report` with the status PDNG would afterwards. The holder cannot withdraw any more then.
 */
export const presentUnderMandate = command({
  summary: 'presents due slices of a holder by its mandate, merged if the bank wants it',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.slice.presentUnderMandate.v1',
  request: z
    .strictObject({
      presentmentId: zId,
      mandateId: zId,
      sliceIds: zIds(LIMITS.mergedItems),
      /** Ids of the slices that these become: one for each certificate, in the order in which the certificates come first. */
      mergedIds: zIds(LIMITS.bulkItems).optional(),
    })
    .refine(({ sliceIds, mergedIds }) => mergedIds !== undefined || sliceIds.length <= LIMITS.bulkItems, {
      path: ['sliceIds'],
      error: 'REQUEST_MALFORMED',
    }),
  private: z
    .strictObject({
      /** The payment that is to be sent, of the whole amount. Nothing is sent before this call is committed. */
      announced: z
        .strictObject({
          uetr: zUetr,
          currency: zCurrency,
          amount: zAmount,
          /** SHA-256 of the payment order. */
          messageHash: zHash,
        })
        .optional(),
    })
    .default({}),
  refuses: [
    'ID_FOREIGN',
    'ID_TAKEN',
    'UETR_USED',
    'PAYMENT_PENDING',
    'PARTY_ROLE',
    'MANDATE_ENDED',
    'MANDATE_SCOPE',
    'AMOUNT_OUT_OF_RANGE',
    'BATCH_MIXED',
    'STATE',
    'DUE_NOT_REACHED',
    'PAYMENT_MISMATCH',
    'QUOTA_REACHED',
  ],
});
