/** The holder splits its slice. */
import { caseOf } from '../support/case.js';

/** What the parts lack of the first, which takes what is left. */
const PARTS = ['11223344', '12344321', '15566551', '21233212'];

export const split = caseOf('slice:split', {
  by: ['supplier', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'supplier'],
  writes: ['slice'],
  event: ['tenor.slice.split.v1', 'partIds sliceId'],
  request: { sliceId: 'id', partIds: 'ids' },
  secret: { amounts: 'amounts' },
  again: 'ID_TAKEN',
  reach: async (stage, stock) => {
    const { sliceId, amount, ...slice } = await stock.take('slice');
    const rest = PARTS.reduce((left, part) => left - BigInt(part), BigInt(amount));
    const amounts = [String(rest), ...PARTS];
    const parts = amounts.map((each) => ({ ...slice, amount: each, sliceId: stage.id('bank', 'supplier') }));
    const partIds = parts.map((part) => part.sliceId);
    return { input: { sliceId, partIds, amounts }, leaves: { slice: parts } };
  },
});
