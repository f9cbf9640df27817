import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zIds } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Presents up to 50 due slices of one holder for the holder, by its mandate. The account is the one that the mandate names, so it takes one
 * person of the bank. The payment needs a UETR. The holder's peer endorses, and nobody of the holder has to act.
 */
export const presentUnderMandate = command({
  summary: 'presents up to 50 due slices of a holder by its mandate',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.slice.presentUnderMandate.v1',
  request: z.strictObject({ presentmentId: zId, mandateId: zId, sliceIds: zIds(LIMITS.bulkItems) }),
  refuses: [
    'ID_FOREIGN',
    'ID_TAKEN',
    'PARTY_ROLE',
    'MANDATE_ENDED',
    'MANDATE_SCOPE',
    'AMOUNT_OUT_OF_RANGE',
    'BATCH_MIXED',
    'STATE',
    'DUE_NOT_REACHED',
    'QUOTA_REACHED',
  ],
});
