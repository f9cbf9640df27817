import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zDate, zId, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/** Prepares a call that needs four eyes. The maker writes down exactly what the checker may run, once and until a date. */
export const prepare = command({
  summary: 'prepares a ticket: a command that a checker may run once',
  by: { party: 'party of the ticket', duties: ['maker'] },
  event: 'tenor.ticket.prepare.v1',
  request: z.strictObject({ ticketId: zId }),
  private: z.strictObject({
    party: zParty,
    command: z.string().max(100),
    payload: z.string().max(LIMITS.transientBytes),
    expiresOn: zDate,
  }),
  refuses: ['ID_FOREIGN', 'ID_TAKEN', 'TICKET_EXPIRED', 'TICKET_TERM'],
});
