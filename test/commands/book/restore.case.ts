/** The supplier takes back its copy of a slice that the contractor holds by now. */
import { caseOf } from '../support/case.js';

export const restore = caseOf('book:restore', {
  by: ['supplier', 'maker'],
  // Whoever is handed the bytes of a record may keep them in the book of its own organisation.
  for: 'operator',
  elsewhere: 'ok',
  books: ['supplier'],
  writes: ['slice'],
  event: ['tenor.book.restore.v1', 'id kind register'],
  request: { kind: 'word', id: 'text', register: 'msp' },
  secret: { record: 'command' },
  repeat: 'written again',
  again: 'ok',
  reach: async (stage, stock) => {
    const { sliceId: id } = await stock.take('passed');
    const record = await stage.bytesOf('bank', 'slice', id);
    return { input: { kind: 'slice' as const, id, register: stage.mspOf('bank'), record } };
  },
});
