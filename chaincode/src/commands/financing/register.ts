/** `financing:register` */
import { put } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { partyOf } from '../../ledger/pending.js';
import { implement } from '../implement.js';

export const register = implement(commands.financing.register, {
  load: async (tx, { request: { requestId } }) => {
    const accepted = await tx.open('acceptance', requestId, registerOf(requestId));
    tx.expectAbsent('registration', requestId, tx.mspId, 'REGISTRATION_EXISTS');
    return { accepted, funder: partyOf(accepted.record.funder) };
  },
  actor: ({ accepted: { record }, funder }) => ({ party: funder, mspId: record.funderMsp }),
  decide: ({ request: { requestId: id }, secret }, { accepted, today }) => {
    if (secret.searchedOn > today) throw new TenorError('VALUE_DATE');
    const { funderMsp } = accepted.record;
    return [put('registration', id, { schema: 'tenor.registration/1', id, funderMsp, ...secret, registeredOn: today })];
  },
});
