/** `payment:return` */
import { put } from '../../domain/decision.js';
import { assertReferred, assertReturns, assertValueDate } from '../../domain/presentments.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { paymentIdOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openPresentment } from '../loaders.js';

export const returned = implement(commands.payment.return, {
  load: async (tx, { request }) => {
    const { presentmentId } = request;
    const paymentId = paymentIdOf(request);
    const presentment = await openPresentment(tx, presentmentId);
    const { payeeBankMsp } = (await tx.open('presentment', presentmentId)).record;
    tx.expectAbsent('return', paymentId, payeeBankMsp, 'RETURN_EXISTS');
    // Money can be sent back that was never attested. If it was, the bank must mean the same payment.
    return {
      presentment,
      attestation: await tx.openOrAbsent('attestation', paymentId, payeeBankMsp, 'OPENING_MISSING'),
    };
  },
  enters: ({ presentment }) => [presentment.record.bankMsp, presentment.record.holderMsp],
  actor: ({ presentment: { payeeBank, record } }) => ({ party: payeeBank, mspId: record.payeeBankMsp }),
  decide: ({ request, secret }, { presentment, attestation, today }) => {
    const { presentmentId, books } = request;
    const paymentId = paymentIdOf(request);
    assertReferred(request, presentment);
    const isOther = attestation !== undefined && attestation.record.presentmentId !== presentmentId;
    if (isOther) throw new TenorError('PAYMENT_MISMATCH');
    assertReturns(secret, presentment);
    assertValueDate(secret.returnedOn, presentment, today);
    const { bankMsp, payeeBankMsp, holderMsp } = presentment.record;
    const about = { id: paymentId, presentmentId, bankMsp, payeeBankMsp, holderMsp };
    const readers = books === 'register' ? [] : undefined;
    return [put('return', paymentId, { schema: 'tenor.return/1', ...about, ...secret, recordedOn: today }, readers)];
  },
});
