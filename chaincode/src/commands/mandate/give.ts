/** `mandate:give` */
import { put } from '../../domain/decision.js';
import { assertGivable } from '../../domain/mandates.js';
import { assertRole } from '../../domain/parties.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';

export const give = implement(commands.mandate.give, {
  load: (tx, { request, secret }) => {
    tx.draw('mandate', request.mandateId, tx.mspId);
    return { holder: partyOf(secret.holder), bank: partyOf(secret.bank), payeeBank: partyOf(secret.payeeBank) };
  },
  enters: ({ bank }) => [bank.mspId],
  actor: ({ holder }) => ({ party: holder, mspId: holder.mspId }),
  decide: ({ request, secret }, { holder, bank, payeeBank, today }) => {
    assertRole(bank, 'bank');
    assertRole(payeeBank, 'bank');
    const places = { holderMsp: holder.mspId, bankMsp: bank.mspId, payeeBankMsp: payeeBank.mspId };
    assertGivable({ ...secret, ...places }, today);
    const id = request.mandateId;
    return [put('mandate', id, { schema: 'tenor.mandate/1', id, ...secret, ...places })];
  },
});
