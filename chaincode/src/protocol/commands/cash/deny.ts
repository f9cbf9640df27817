import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The payee's bank states that no money came for a leg CREDIT, a week after its last day. Then what was allocated is released although the payer's bank says
 * that money is on its way. Money that comes later is sent back. Where this bank belongs to the organisation of the payer or of the payer's bank, which could so keep
 * locked what it does not pay for, the payee says it in its place. Two people, because it ends the batch.
 */
export const deny = command({
  summary: "states that no money came for a leg, a week after the batch's last day",
  by: { party: "payee's bank, or payee", duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.cash.deny.v1',
  request: z.strictObject({ legId: zId, ticketId: zId }),
  refuses: ['STATE', 'LEG_KIND', 'BATCH_OPEN'],
});
