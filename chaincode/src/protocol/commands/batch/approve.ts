import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zIds, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Approves, for one party, everything that it gives and takes in a batch. The approval binds the hashes of these legs, so none of them can be exchanged
 * afterwards. What a party takes must be locked for it already. A funder that carries out an accepted quote by it counts the price on its own limits
 * (`financing:limit`), of which nobody else learns.
 */
export const approve = command({
  summary: 'approves everything that a party gives and takes in a batch',
  by: { party: 'member', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.batch.approve.v1',
  request: z.strictObject({
    /** The legs by which the party gives or takes: all of them, in one call. */
    legIds: zIds(LIMITS.batchLegs),
    ticketId: zId,
  }),
  private: z.strictObject({ party: zParty }),
  refuses: [
    'NOT_ALLOCATED',
    'LEG_FOREIGN',
    'APPROVAL_EXISTS',
    'BATCH_EXPIRED',
    'NOT_FOR_RECEIVER',
    'NET_MISMATCH',
    'EXCHANGE_MISMATCH',
    'EXCHANGE_EXPIRED',
    'BATCH_SIZE',
    'FINANCING_MISMATCH',
    'FUNDING_EXCEEDED',
  ],
});
