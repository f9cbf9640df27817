/** `batch:commit` */
import { assertMember, assertUnexpired } from '../../domain/batches.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { batchIdOf, expectAllocated, expectApproved, expectProven, openOutcome } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { outcomeOf, sheetFor } from './outcome.js';

export const commit = implement(commands.batch.commit, {
  load: async (tx, { request, secret }) => {
    const agreed = await openOutcome(tx, request.legIds);
    const sheet = agreed?.record.sheet ?? sheetFor(request, secret);
    expectAllocated(tx, sheet);
    // What was agreed was approved. Nobody takes that back by what it writes into its own book.
    if (agreed === undefined) expectApproved(tx, sheet);
    expectProven(tx, sheet);
    return { agreed, sheet };
  },
  decide: ({ request }, { agreed, sheet, caller, today }) => {
    assertMember(sheet, caller.mspId);
    const state = agreed?.record.state;
    if (state !== undefined && state !== 'AGREED') throw new TenorError('STATE', { state });
    // Once money has come for an agreed batch, it is committed however late. Blocked money is free again after the last day.
    assertUnexpired(agreed === undefined ? sheet : sheet.filter(({ what }) => what === 'BLOCK'), today);
    return [outcomeOf({ id: batchIdOf(request.legIds), state: 'COMMITTED', sheet }, request.books)];
  },
});
