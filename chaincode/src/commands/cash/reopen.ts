/** `cash:reopen` */
import { cashOf } from '../../domain/batches.js';
import { remove } from '../../domain/decision.js';
import { isUnpaid } from '../../domain/payments.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { paymentIdOf } from '../../protocol/identifiers.js';
import { openDemand, openLeg } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { payerBank } from '../instruct.js';

export const reopen = implement(commands.cash.reopen, {
  load: async (tx, { request }) => {
    const { legId } = request;
    const paymentId = paymentIdOf(request);
    const { bankMsp, payeeBankMsp } = (await openDemand(tx, { legId })).at;
    const returned = await tx.openIfShown('return', paymentId, payeeBankMsp);
    // A payment that was attested is over only when its money went back.
    if (returned === undefined) tx.expectAbsent('attestation', paymentId, payeeBankMsp, 'PAYMENT_PENDING');
    return {
      leg: await openLeg(tx, legId),
      payment: await tx.open('payment', paymentId, bankMsp),
      remittance: await tx.open('remittance', legId, bankMsp),
      returned,
    };
  },
  actor: payerBank,
  decide: (_call, { leg, payment, remittance, returned }) => {
    const { payerBankMsp } = cashOf(leg.record, 'CREDIT', 'BLOCK');
    if (remittance.record.paymentId !== payment.id) throw new TenorError('PAYMENT_MISMATCH');
    if (returned !== undefined && returned.record.legId !== leg.id) throw new TenorError('PAYMENT_MISMATCH');
    if (returned === undefined && !isUnpaid(payment.record, leg.id)) throw new TenorError('PAYMENT_PENDING');
    // An earlier payment had arrived. What became of a later one says nothing of that money.
    if (remittance.record.isAfterArrival === true) throw new TenorError('PAYMENT_PENDING');
    return [remove('remittance', leg.id, payerBankMsp)];
  },
});
