/** `mandate:revoke` */
import { remove } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openRevocableMandate } from '../loaders.js';

export const revoke = implement(commands.mandate.revoke, {
  load: async (tx, { request }) => ({ mandate: await openRevocableMandate(tx, request.mandateId) }),
  actor: ({ mandate: { holder, record } }) => ({ party: holder, mspId: record.holderMsp }),
  // The copy of the bank stays in its book, and is shown there as superseded: no rule reads it.
  decide: (_call, { mandate: { id, record } }) => [remove('mandate', id, record.holderMsp)],
});
