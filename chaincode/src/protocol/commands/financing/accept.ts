import { z } from 'zod';
import { zAccount, zEndToEndId, zId, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Accepts one quote for a request, until its last day, and names the account. The chaincode counts the price once more. The slices are not locked yet: they are
 * allocated to a batch with the funder's money, and both sides can approve only a batch that is what was accepted. With `atOnce` the funder settles it by one call instead.
 */
export const accept = command({
  summary: 'accepts a quote, and names the account to which the money goes',
  by: { party: 'holder', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.financing.accept.v1',
  request: z.strictObject({ requestId: zId, quoteId: zId, ticketId: zId }),
  private: z.strictObject({
    payeeBank: zParty,
    account: zAccount,
    endToEndId: zEndToEndId.optional(),
    /**
     * The funder may settle by one call (`financing:settle`), against money that it has blocked in its own books, and not by a batch. Only where the funder's organisation registers all slices,
     * the account is kept by it or by the holder's own organisation, and the issuer pays no interest.
     */
    atOnce: z.literal(true).optional(),
  }),
  refuses: [
    'FINANCING_ACCEPTED',
    'QUOTE_LAPSED',
    'PARTY_ROLE',
    'STATE',
    'BATCH_MIXED',
    'TIER_EXCEEDED',
    'AMOUNT_OUT_OF_RANGE',
    'DUE_REACHED',
    'FINANCING_MISMATCH',
    'AUDIENCE_MIXED',
    'BATCH_SIZE',
    'LIABLE_EXCEEDED',
    'QUOTA_REACHED',
  ],
});
