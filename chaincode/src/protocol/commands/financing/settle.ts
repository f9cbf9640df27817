import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Settles a quote that its holder has accepted `atOnce`: the slices pass to the funder, and the funder has blocked the net amount in its own books and is ordered to pay it into the account that the
 * holder named. It leaves what a settled batch leaves, so that the payment is reported and attested as for any leg of money that was blocked. The holder's peer endorses, and nobody of the
 * holder acts: it gave its word when it accepted. Until then nothing is locked, so that slices which the holder has passed on, or a quote that has lapsed, are refused
 * and nothing is paid. The ids of the legs follow from the quote, so that it settles once. A funder that keeps limits calls `financing:reserve` first.
 */
export const settle = command({
  summary: 'settles an accepted quote by one call, where only its funder and its holder have to see it',
  by: { party: 'funder', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.financing.settle.v1',
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
    'FUNDING_UNRESERVED',
  ],
});
