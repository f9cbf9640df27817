/** `payment:report` */
import { put } from '../../domain/decision.js';
import { assertPays } from '../../domain/presentments.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openPresentment } from '../loaders.js';

const FINAL: readonly string[] = ['ACCC', 'RJCT'];

export const report = implement(commands.payment.report, {
  load: async (tx, { request }) => {
    const { presentmentId, uetr } = request;
    const presentment = await openPresentment(tx, presentmentId);
    const { bank, bankMsp } = (await tx.open('presentment', presentmentId)).record;
    const earlier = await tx.openIfShown('payment', uetr, bankMsp);
    if (earlier === undefined) tx.expectAbsent('payment', uetr, bankMsp, 'UETR_USED');
    return { presentment, earlier, bank: partyOf(bank) };
  },
  actor: ({ presentment, bank }) => ({ party: bank, mspId: presentment.record.bankMsp }),
  decide: ({ request, secret }, { presentment, earlier }) => {
    const { presentmentId, uetr } = request;
    const before = earlier?.record;
    if (before !== undefined && before.presentmentId !== presentmentId) throw new TenorError('UETR_USED');
    // A later status replaces an earlier one until it is final.
    if (before !== undefined && FINAL.includes(before.status)) throw new TenorError('STATE', { state: before.status });
    assertPays(secret, presentment);
    const { bankMsp } = presentment.record;
    return [put('payment', uetr, { schema: 'tenor.payment/1', id: uetr, presentmentId, bankMsp, ...secret })];
  },
});
