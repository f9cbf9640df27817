import { z } from 'zod';
import { zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The payer's bank takes back its report that money is on its way for a leg: the payment was rejected or cancelled and never attested, or the payee's bank
 * has sent it back. The leg can then be paid again, or the batch be released. Two people, because the same leg could be paid twice.
 */
export const reopen = command({
  summary: 'takes the report of a payment back that was rejected, cancelled or sent back',
  by: { party: "payer's bank", duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.cash.reopen.v1',
  request: z.strictObject({ legId: zId, uetr: zUetr.optional(), ticketId: zId }),
  refuses: ['LEG_KIND', 'PAYMENT_MISMATCH', 'PAYMENT_PENDING'],
});
