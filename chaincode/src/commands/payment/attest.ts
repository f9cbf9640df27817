/** `payment:attest` */
import { put } from '../../domain/decision.js';
import { assertOpen, assertPays, assertValueDate, isSameAccount } from '../../domain/presentments.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openPresentment } from '../loaders.js';

export const attest = implement(commands.payment.attest, {
  load: async (tx, { request }) => {
    const { presentmentId, uetr } = request;
    const presentment = await openPresentment(tx, presentmentId);
    const { bankMsp, payeeBankMsp } = (await tx.open('presentment', presentmentId)).record;
    tx.expectAbsent('attestation', uetr, payeeBankMsp, 'UETR_USED');
    return { presentment, receipt: await tx.openOrAbsent('receipt', presentmentId, bankMsp, 'OPENING_MISSING') };
  },
  actor: ({ presentment: { payeeBank, record } }) => ({ party: payeeBank, mspId: record.payeeBankMsp }),
  decide: ({ request, secret }, { presentment, receipt, today }) => {
    const { account, ...attested } = secret;
    if (!isSameAccount(account, presentment.record.account)) throw new TenorError('ACCOUNT_MISMATCH');
    assertOpen(presentment);
    assertPays(attested, presentment);
    assertValueDate(attested.valueDate, presentment, today);
    const { bankMsp, payeeBankMsp } = presentment.record;
    const id = request.uetr;
    const { presentmentId } = request;
    const about = { id, presentmentId, bankMsp, payeeBankMsp };
    const mark = { schema: 'tenor.receipt/1' as const, id: presentmentId, bankMsp, payeeBankMsp, uetr: id };
    return [
      put('attestation', id, { schema: 'tenor.attestation/1', ...about, ...attested, attestedOn: today }),
      ...(receipt === undefined ? [put('receipt', presentmentId, mark)] : []),
    ];
  },
});
