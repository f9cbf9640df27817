/** `batch:agree` */
import { assertMember, assertUnexpired, bystandersOf } from '../../domain/batches.js';
import { commands } from '../../protocol/commands/index.js';
import { batchIdOf, expectAllocated, expectApproved, expectBlocked, expectNoOutcome } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { outcomeOf, sheetFor } from './outcome.js';

export const agree = implement(commands.batch.agree, {
  load: (tx, { request, secret }) => {
    const sheet = sheetFor(request, secret);
    expectNoOutcome(tx, request.legIds);
    expectAllocated(tx, sheet);
    expectApproved(tx, sheet);
    // Nothing is blocked once there is an outcome, and other members send money for what was agreed.
    expectBlocked(tx, sheet);
    return { sheet };
  },
  enters: ({ sheet }) => bystandersOf(sheet),
  decide: ({ request }, { sheet, caller, today }) => {
    assertMember(sheet, caller.mspId);
    assertUnexpired(sheet, today);
    return [outcomeOf({ id: batchIdOf(request.legIds), state: 'AGREED', sheet }, request.books)];
  },
});
