/** `financing:release` */
import { hasExpired } from '../../domain/batches.js';
import { assertPaidOff, givenBack } from '../../domain/fundingLimits.js';
import type { TracedSlice } from '../../domain/vouched.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import type { BookRef } from '../../ledger/transaction.js';
import type { BookRecord } from '../../protocol/records/index.js';
import { expectNoOutcome, openOutcomeIfShown } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { eachOf, openTraced } from '../loaders.js';

type Financed = BookRecord<'financed'>;

export const release = implement(commands.financing.release, {
  load: async (tx, { request: { quoteId, sliceIds } }) => {
    const financed = await tx.open('financed', quoteId);
    const { legIds, limitIds, funder } = financed.record;
    await tx.foresee(...(sliceIds ?? []).map((id): BookRef => ['slice', id]));
    // What is paid is given back whatever became of the batch.
    const outcome = sliceIds === undefined ? await openOutcomeIfShown(tx, legIds) : undefined;
    if (sliceIds === undefined && outcome === undefined) expectNoOutcome(tx, legIds);
    return {
      ...{ financed, outcome, funder: partyOf(funder) },
      limits: await Promise.all(limitIds.map((id) => tx.open('fundingLimit', id, registerOf(quoteId)))),
      slices: await eachOf(tx, sliceIds ?? [], (id) => openTraced(tx, id)),
    };
  },
  actor: ({ funder, financed }) => ({ party: funder, mspId: financed.record.funderMsp }),
  decide: ({ request: { sliceIds } }, { financed, limits, slices, outcome, today }) => {
    if (sliceIds !== undefined) return givenBack(financed, limits, paidOf(financed.record, sliceIds, slices));
    const state = outcome?.record.state;
    if (state === 'COMMITTED') throw new TenorError('OUTCOME_EXISTS');
    const isOver = state === 'ABORTED' || (state === undefined && hasExpired([financed.record], today));
    if (!isOver) throw new TenorError('BATCH_OPEN');
    return givenBack(financed, limits, financed.record.slices);
  },
});

/** The counted slices that are named and paid. @throws TenorError FINANCING_MISMATCH, STATE */
function paidOf(
  financed: Financed,
  sliceIds: readonly string[],
  slices: readonly TracedSlice[],
): readonly Financed['slices'][number][] {
  const ended = financed.slices.filter(({ sliceId }) => sliceIds.includes(sliceId));
  if (ended.length === 0) throw new TenorError('FINANCING_MISMATCH');
  const known = new Map(slices.map((slice) => [slice.id, slice]));
  for (const { sliceId } of ended) assertPaidOff(sliceId, known);
  return ended;
}
