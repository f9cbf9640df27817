/** `batch:commit` */
import { bystandersOf } from '../../domain/batches.js';
import { commands } from '../../protocol/commands/index.js';
import { batchIdOf } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { assertCommittable, expectCommittable, outcomeOf } from './outcome.js';

export const commit = implement(commands.batch.commit, {
  load: (tx, { request, secret }) => expectCommittable(tx, request, secret),
  enters: ({ sheet }) => bystandersOf(sheet),
  decide: ({ request }, { agreed, sheet, caller, today }) => {
    assertCommittable({ agreed, sheet }, caller.mspId, today);
    return [outcomeOf({ id: batchIdOf(request.legIds), state: 'COMMITTED', sheet }, request.books)];
  },
});
