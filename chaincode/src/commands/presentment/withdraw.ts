/** `presentment:withdraw` */
import { put, unsalted } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { assertPresented } from '../../domain/presentments.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openPresentment, openSlices } from '../loaders.js';

export const withdraw = implement(commands.presentment.withdraw, {
  load: async (tx, { request }) => {
    const { presentmentId: id } = request;
    const presentment = await openPresentment(tx, id);
    const { bankMsp, sliceIds } = (await tx.open('presentment', id)).record;
    // Both banks mark a payment that they know of in the book of the payer's bank, so that nobody withdraws what is being paid.
    tx.expectAbsent('remittance', id, bankMsp, 'PAYMENT_PENDING');
    tx.expectAbsent('receipt', id, bankMsp, 'PAYMENT_PENDING');
    return { presentment, slices: await openSlices(tx, sliceIds) };
  },
  actor: ({ presentment: { holder, record } }) => ({ party: holder, mspId: record.holderMsp }),
  decide: ({ request }, { presentment, slices, today }) => {
    const { id, record } = presentment;
    const freed = eachItem(slices, (held) => {
      assertPresented(held, presentment);
      assertSlice('withdraw', held.slice.record, today);
      return put('slice', held.slice.id, { ...unsalted(held.slice.record), state: 'FREE', lock: null });
    });
    const readers = request.books === 'register' ? [record.bankMsp] : undefined;
    return [put('presentment', id, { ...unsalted(record), state: 'WITHDRAWN' }, readers), ...freed];
  },
});
