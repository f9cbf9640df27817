/** `ticket:prepare` */
import { put } from '../../domain/decision.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';

export const prepare = implement(commands.ticket.prepare, {
  load: (tx, { request, secret }) => {
    tx.draw('ticket', request.ticketId, tx.mspId);
    return { party: partyOf(secret.party) };
  },
  actor: ({ party }) => ({ party, mspId: party.mspId }),
  decide: ({ request, secret }, { caller, today }) => {
    if (secret.expiresOn < today) throw new TenorError('TICKET_EXPIRED', { ticketId: request.ticketId });
    const maker = caller.identity;
    return [put('ticket', request.ticketId, { schema: 'tenor.ticket/1', id: request.ticketId, maker, ...secret })];
  },
});
