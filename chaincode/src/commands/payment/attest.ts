/** `payment:attest` */
import { put } from '../../domain/decision.js';
import { assertPays } from '../../domain/presentments.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openPresentment } from '../loaders.js';

export const attest = implement(commands.payment.attest, {
  load: async (tx, { request }) => {
    const { presentmentId, uetr } = request;
    const presentment = await openPresentment(tx, presentmentId);
    const { payeeBank, payeeBankMsp } = (await tx.open('presentment', presentmentId)).record;
    tx.expectAbsent('attestation', uetr, payeeBankMsp, 'UETR_USED');
    return { presentment, payeeBank: partyOf(payeeBank) };
  },
  actor: ({ presentment, payeeBank }) => ({ party: payeeBank, mspId: presentment.record.payeeBankMsp }),
  decide: ({ request, secret }, { presentment }) => {
    const { account, ...attested } = secret;
    if (account !== presentment.record.account) throw new TenorError('ACCOUNT_MISMATCH');
    assertPays(attested, presentment);
    const { bankMsp, payeeBankMsp } = presentment.record;
    const id = request.uetr;
    const about = { id, presentmentId: request.presentmentId, bankMsp, payeeBankMsp };
    return [put('attestation', id, { schema: 'tenor.attestation/1', ...about, ...attested })];
  },
});
