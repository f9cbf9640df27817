/** `book:restore` */
import type { Opened } from '../../domain/decision.js';
import { openedOf } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import type { BookKind } from '../../protocol/records/index.js';
import { RECORDS } from '../../records/index.js';
import { implement } from '../implement.js';

export const restore = implement(commands.book.restore, {
  load: (tx, { request, secret }) => {
    const { kind, id } = request;
    if (!RECORDS[kind].restorable) throw new TenorError('NOT_RESTORABLE', { kind });
    const shown = openedOf(kind, id, secret.record);
    const register = firstRegister(shown, request.register, tx.mspId);
    return { opened: tx.take(shown, register), register };
  },
  decide: (_call, { opened, register }) => [{ op: 'restore', opened, register }],
});

/** Where two organisations keep a record, whoever hands it over may name either; all that is done with it begins with the first. */
function firstRegister<Kind extends BookKind>(
  { kind, record }: Opened<Kind>,
  named: string,
  callerMsp: string,
): string {
  const [first = named, ...others] = RECORDS[kind].registers(record, callerMsp);
  return others.includes(named) ? first : named;
}
