import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Counts the price of a quote that its holder has accepted `atOnce` on the funder's limits, before the funder settles it by one call. The holder endorses that call, and the limits are nothing for
 * its eyes, so they are looked at here, where only the funder's own peer endorses. It checks what the settlement will check. What is counted also stands where no
 * limit is for this seller or issuer, so that the holder cannot tell. `financing:release` gives it back.
 */
export const reserve = command({
  summary: "counts an accepted quote on the funder's limits, before it settles it by one call",
  by: { party: 'funder', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.financing.reserve.v1',
  request: z.strictObject({ requestId: zId, ticketId: zId }),
  refuses: [
    'FINANCING_SETTLED',
    'FINANCING_MISMATCH',
    'PARTY_ROLE',
    'QUOTE_LAPSED',
    'STATE',
    'BATCH_MIXED',
    'TIER_EXCEEDED',
    'AMOUNT_OUT_OF_RANGE',
    'DUE_REACHED',
    'AUDIENCE_MIXED',
    'BATCH_SIZE',
    'LIABLE_EXCEEDED',
    'FUNDING_EXCEEDED',
  ],
});
