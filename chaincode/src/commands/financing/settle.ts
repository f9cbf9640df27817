/** `financing:settle` */
import { priceOf, salesOf } from '../../domain/atOnce.js';
import { partiesOf, proofOf, rowOf, wholeApprovalOf } from '../../domain/batches.js';
import { put, unsalted, type Opened } from '../../domain/decision.js';
import { passedOn } from '../../domain/legs.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { LIMIT_SECRET_ID } from '../../protocol/records/index.js';
import { outcomeOf } from '../batch/outcome.js';
import { batchIdOf } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { legOf } from '../instruct.js';
import { assertSettled, openSettlement } from '../settlement.js';
import { stands } from '../standing.js';

export const settle = implement(commands.financing.settle, {
  load: async (tx, { request }) => {
    const settlement = await openSettlement(tx, request.requestId);
    const { ids, opened } = settlement;
    const { holderMsp, funderMsp } = opened.record;
    tx.expectAbsent('proof', ids.price, funderMsp, 'FINANCING_SETTLED');
    for (const mspId of new Set([funderMsp, holderMsp]))
      tx.expectAbsent('approval', batchIdOf(ids.legIds), mspId, 'FINANCING_SETTLED');
    return { ...settlement, isCounted: await isCounted(tx, opened) };
  },
  actor: ({ quote: { funder, record } }) => ({ party: funder, mspId: record.funderMsp }),
  decide: ({ seed }, { today, ids, isCounted: mayPay, ...settlement }) => {
    assertSettled(settlement, today);
    if (!mayPay) throw new TenorError('FUNDING_UNRESERVED');
    const { slices } = settlement;
    const { legIds } = ids;
    const sales = salesOf(settlement, slices).map((said, index) =>
      legOf({ legId: ids.sales[index] ?? '', legIds }, said, seed, today),
    );
    const price = legOf({ legId: ids.price, legIds }, priceOf(settlement), seed, today);
    const legs = [...sales, price].sort((one, other) => (one.id < other.id ? -1 : 1));
    const sheet = legs.map(rowOf);
    const batchId = batchIdOf(legIds);
    const { holderMsp, funderMsp } = settlement.quote.record;
    return [
      ...legs.map((leg) => put('leg', leg.id, unsalted(leg.record))),
      // What a desk counts a committed batch by. No cover is written: nothing can be released, and nothing is left to be agreed.
      ...partiesOf(sheet).map((mspId) => put('approval', batchId, wholeApprovalOf(sheet, mspId))),
      put('proof', price.id, proofOf(rowOf(price), 'BLOCKED')),
      outcomeOf({ id: batchId, state: 'COMMITTED', sheet }, 'all'),
      ...slices.flatMap((held, index) => {
        const sale = sales[index];
        return sale === undefined ? [] : [passedOn(sale, held, [funderMsp, holderMsp])];
      }),
    ];
  },
});

/**
 * Whether the price is counted on the limits of a funder that keeps any. The holder endorses this call, so the limits are not opened: of two keys of the funder's book it is read whether
 * something stands there.
 */
async function isCounted(tx: LedgerTransaction, { id, record: { funderMsp } }: Opened<'quote'>): Promise<boolean> {
  const isLimited = await stands(tx, 'creditSecret', LIMIT_SECRET_ID, funderMsp);
  return !isLimited || stands(tx, 'financed', id, funderMsp);
}
