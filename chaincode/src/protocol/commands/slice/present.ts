import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zAccount, zEndToEndId, zId, zIds, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Presents up to 50 due slices of one holder, issuer, bank and currency. One payment into one account is to pay them all. It takes two
 * people, because whoever names the account decides where the money goes.
 */
export const present = command({
  summary: 'presents up to 50 due slices for one payment',
  by: { party: 'holder', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.slice.present.v1',
  request: z.strictObject({ presentmentId: zId, sliceIds: zIds(LIMITS.bulkItems), ticketId: zId }),
  private: z.strictObject({
    account: zAccount,
    payeeBank: zParty,
    /**
     * The reference that the payment is to carry, for payments that have no UETR (domestic ones, SEPA). Each presentment into an account needs one of its
     * own: a reference is attested once.
     */
    endToEndId: zEndToEndId.optional(),
  }),
  refuses: [
    'ID_FOREIGN',
    'ID_TAKEN',
    'PARTY_ROLE',
    'AMOUNT_OUT_OF_RANGE',
    'BATCH_MIXED',
    'STATE',
    'DUE_NOT_REACHED',
    'QUOTA_REACHED',
  ],
});
