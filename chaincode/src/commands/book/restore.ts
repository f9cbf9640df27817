/** `book:restore` */
import { openedOf } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { RECORDS } from '../../records/index.js';
import { implement } from '../implement.js';

export const restore = implement(commands.book.restore, {
  load: (tx, { request, secret }) => {
    const { kind, id, register } = request;
    if (!RECORDS[kind].restorable) throw new TenorError('NOT_RESTORABLE', { kind });
    const opened = tx.take(openedOf(kind, id, secret.record), register);
    return { opened };
  },
  decide: ({ request }, { opened }) => [{ op: 'restore', opened, register: request.register }],
});
