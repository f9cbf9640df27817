/** `cash:instruct` */
import { assertRole } from '../../domain/parties.js';
import { assertBatchTerm } from '../../domain/batches.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { drawLeg, instructed } from '../instruct.js';

export const instruct = implement(commands.cash.instruct, {
  load: (tx, { request, secret }) => {
    drawLeg(tx, request, registerOf(request.legId));
    return {
      sender: partyOf(secret.sender),
      receiver: partyOf(secret.receiver),
      payerBank: partyOf(secret.payerBank),
      payeeBank: partyOf(secret.payeeBank),
    };
  },
  enters: ({ receiver, payerBank, payeeBank }) => [receiver, payerBank, payeeBank].map(({ mspId }) => mspId),
  actor: ({ sender }) => ({ party: sender, mspId: sender.mspId }),
  decide: ({ request, secret, seed }, { sender, receiver, payerBank, payeeBank, today }) => {
    const { what, currency, amount, account, endToEndId, expiresOn } = secret;
    const register = what === 'CREDIT' ? payeeBank.mspId : payerBank.mspId;
    if (registerOf(request.legId) !== register) throw new TenorError('ID_FOREIGN', { kind: 'leg', id: request.legId });
    assertRole(receiver, 'supplier', 'bank', 'issuer');
    assertRole(payerBank, 'bank');
    assertRole(payeeBank, 'bank');
    if (receiver.id === sender.id) throw new TenorError('SELF_TRANSFER');
    assertBatchTerm(expiresOn, today);
    const cash = {
      ...{ payerBank: payerBank.id, payerBankMsp: payerBank.mspId },
      ...{ payeeBank: payeeBank.id, payeeBankMsp: payeeBank.mspId, account },
      ...(endToEndId === undefined ? {} : { endToEndId }),
    };
    const parties = {
      ...{ sender: sender.id, senderMsp: sender.mspId },
      ...{ receiver: receiver.id, receiverMsp: receiver.mspId },
    };
    return instructed(request, { what, ...parties, currency, amount, expiresOn, cash }, seed, today);
  },
});
