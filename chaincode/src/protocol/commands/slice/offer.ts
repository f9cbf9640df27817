import { z } from 'zod';
import { zDate, zId, zParty, zReference } from '../../schemas.js';
import { command } from '../definition.js';

/** Offers a whole slice to another party, until a date. */
export const offer = command({
  summary: 'offers a whole slice to another party',
  by: { party: 'holder', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.slice.offer.v1',
  request: z.strictObject({ sliceId: zId, transferId: zReference, ticketId: zId }),
  private: z.strictObject({ transferee: zParty, expiresOn: zDate }),
  refuses: ['STATE', 'DUE_REACHED', 'PARTY_ROLE', 'SELF_TRANSFER', 'TIER_EXCEEDED', 'OFFER_EXPIRY', 'QUOTA_REACHED'],
});
