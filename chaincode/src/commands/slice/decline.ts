/** `slice:decline` */
import { put, unsalted } from '../../domain/decision.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openOfferedSlice, transferee } from '../offeredSlice.js';

export const decline = implement(commands.slice.decline, {
  load: async (tx, { request }) => ({ offered: await openOfferedSlice(tx, request) }),
  actor: transferee,
  decide: ({ request }, { offered, today }) => {
    const slice = offered.slice.record;
    assertSlice('decline', slice, today);
    const { counterpartyMsp } = offered.lock;
    const readers = request.books === 'register' ? [counterpartyMsp] : [slice.holderMsp, counterpartyMsp];
    return [put('slice', slice.id, { ...unsalted(slice), state: 'FREE', lock: null }, readers)];
  },
});
