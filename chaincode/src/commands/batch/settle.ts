/** `batch:settle` */
import { assertOneAudience, rowOf } from '../../domain/batches.js';
import { handedOver } from '../../domain/legs.js';
import { inOrder } from '../../protocol/batches.js';
import { commands } from '../../protocol/commands/index.js';
import { batchIdOf, expectApproved, openLeg } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { eachOf, openSlice } from '../loaders.js';
import { assertCommittable, expectCommittable, outcomeOf, sheetFor } from './outcome.js';

export const settle = implement(commands.batch.settle, {
  load: async (tx, { request }) => {
    const legs = await eachOf(tx, inOrder(request.legIds), (id) => openLeg(tx, id));
    const opened = await Promise.all(inOrder(request.legIds).map((id) => tx.open('leg', id)));
    const sheet = sheetFor(request, { sheet: opened.map(rowOf) });
    const { agreed } = await expectCommittable(tx, request, { sheet });
    expectApproved(tx, sheet); // also of an agreed batch: one register alone may have written that it is agreed
    const sliceIds = opened.flatMap(({ record }) => record.sliceId ?? []);
    return { legs, sheet, agreed, slices: await eachOf(tx, sliceIds, (id) => openSlice(tx, id)) };
  },
  decide: ({ request }, { legs, sheet, agreed, slices, caller, today }) => {
    assertCommittable({ agreed, sheet }, caller.mspId, today);
    assertOneAudience(sheet);
    const handed = legs.flatMap((leg) => {
      const held = slices.find(({ slice }) => slice.id === leg.record.sliceId);
      return held === undefined ? [] : [handedOver(leg, held, today)];
    });
    return [outcomeOf({ id: batchIdOf(request.legIds), state: 'COMMITTED', sheet }, 'register'), ...handed];
  },
});
