/** `ticket:prepare` */
import { put } from '../../domain/decision.js';
import { assertUsable } from '../../domain/tickets.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';

export const prepare = implement(commands.ticket.prepare, {
  load: (tx, { request, secret }) => {
    tx.draw('ticket', request.ticketId, tx.mspId);
    return { party: partyOf(secret.party) };
  },
  actor: ({ party }) => ({ party, mspId: party.mspId }),
  decide: ({ request, secret }, { caller, today }) => {
    assertUsable(request.ticketId, secret.expiresOn, today);
    const maker = caller.identity;
    return [put('ticket', request.ticketId, { schema: 'tenor.ticket/1', id: request.ticketId, maker, ...secret })];
  },
});
