/** `presentment:acknowledge` */
import { put, unsalted } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { assertPresented } from '../../domain/presentments.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openPresentment, openSlices } from '../loaders.js';

export const acknowledge = implement(commands.presentment.acknowledge, {
  load: async (tx, { request }) => {
    const { presentmentId: id } = request;
    const presentment = await openPresentment(tx, id);
    // If the bank has reopened the presentment, an earlier acknowledgement may exist. The state of the slices says whether it counts.
    await tx.openOrAbsent('acknowledgement', id, registerOf(id), 'ACKNOWLEDGEMENT_EXISTS');
    const { sliceIds } = (await tx.open('presentment', id)).record;
    return { presentment, slices: await openSlices(tx, sliceIds) };
  },
  actor: ({ presentment: { holder, record } }) => ({ party: holder, mspId: record.holderMsp }),
  decide: ({ request }, { presentment, slices, today }) => {
    const { id, record } = presentment;
    const { bankMsp, currency, amount } = record;
    // From here the bank alone can close the slices: a payee that was paid cannot stall.
    const acknowledged = eachItem(slices, (held) => {
      assertPresented(held, presentment);
      assertSlice('acknowledge', held.slice.record, today);
      return put('slice', held.slice.id, { ...unsalted(held.slice.record), state: 'ACKNOWLEDGED' });
    });
    const said = { schema: 'tenor.acknowledgement/1' as const, id, bankMsp, uetr: request.uetr, currency, amount };
    return [put('acknowledgement', id, said), ...acknowledged];
  },
});
