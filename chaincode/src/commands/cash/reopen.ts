/** `cash:reopen` */
import { cashOf } from '../../domain/batches.js';
import { remove, type Opened } from '../../domain/decision.js';
import { isUnpaid } from '../../domain/payments.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
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
    const remittance = await tx.open('remittance', legId, bankMsp);
    const { arrivedPaymentIds = [] } = remittance.record;
    return {
      leg: await openLeg(tx, legId),
      payment: await tx.open('payment', paymentId, bankMsp),
      ...{ remittance, returned, parts: await openReturns(tx, arrivedPaymentIds, payeeBankMsp) },
    };
  },
  actor: payerBank,
  decide: (_call, { leg, payment, remittance, returned, parts }) => {
    const { payerBankMsp } = cashOf(leg.record, 'CREDIT', 'BLOCK');
    if (remittance.record.paymentId !== payment.id) throw new TenorError('PAYMENT_MISMATCH');
    if (returned !== undefined && returned.record.legId !== leg.id) throw new TenorError('PAYMENT_MISMATCH');
    if (returned === undefined && !isUnpaid(payment.record, leg.id)) throw new TenorError('PAYMENT_PENDING');
    // An earlier payment had arrived. What became of a later one says nothing of that money.
    if (remittance.record.isAfterArrival === true) throw new TenorError('PAYMENT_PENDING');
    // Nor did the parts that arrived before it pay, if all of them went back.
    if (parts.some((part) => part?.record.legId !== leg.id)) throw new TenorError('PAYMENT_PENDING');
    return [remove('remittance', leg.id, payerBankMsp)];
  },
});

/** What the payee's bank says of each part that it sent back. */
async function openReturns(
  tx: LedgerTransaction,
  paymentIds: readonly string[],
  payeeBankMsp: string,
): Promise<readonly (Opened<'return'> | undefined)[]> {
  const returns: (Opened<'return'> | undefined)[] = [];
  for (const id of paymentIds) returns.push(await tx.openIfShown('return', id, payeeBankMsp));
  return returns;
}
