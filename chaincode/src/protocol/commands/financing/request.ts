import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zDate, zId, zIds, zInterestPayer, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Asks one bank what it would pay for up to 50 free slices of one holder, issuer, bank, currency and payment date before they are due. A
 * holder that wants several quotes asks each bank by a request of its own, so that none of them reads what another one is asked or answers.
 * Nothing is locked: until a quote is accepted the holder may do with the slices whatever it likes.
 */
export const request = command({
  summary: 'asks a bank to finance up to 50 free slices',
  by: { party: 'holder', duties: ['maker', 'checker'], commits: true },
  event: 'tenor.financing.request.v1',
  request: z.strictObject({ requestId: zId, sliceIds: zIds(LIMITS.bulkItems) }),
  private: z.strictObject({ funder: zParty, expiresOn: zDate, interestPayer: zInterestPayer }),
  refuses: [
    'ID_FOREIGN',
    'ID_TAKEN',
    'PARTY_ROLE',
    'SELF_TRANSFER',
    'BATCH_MIXED',
    'STATE',
    'TIER_EXCEEDED',
    'AMOUNT_OUT_OF_RANGE',
    'DUE_REACHED',
    'OFFER_EXPIRY',
    'QUOTA_REACHED',
  ],
});
