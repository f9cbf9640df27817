/** What the steps of a whole batch share: its sheet, and the write of its outcome into all its registers at once. */
import { assertSheet } from '../../domain/batches.js';
import { put, type Write } from '../../domain/decision.js';
import { inOrder } from '../../protocol/batches.js';
import { TenorError } from '../../protocol/errors.js';
import type { BookRecord, SheetRow } from '../../protocol/records/index.js';
import { batchIdOf } from '../batchLoaders.js';

/** The sheet that a call was sent with. @throws TenorError SHEET_MISMATCH */
export function sheetFor(
  { legIds }: { readonly legIds: readonly string[] },
  { sheet }: { readonly sheet?: readonly SheetRow[] | undefined },
): readonly SheetRow[] {
  if (sheet === undefined) throw new TenorError('SHEET_MISMATCH');
  assertSheet(sheet, batchIdOf(legIds), inOrder(legIds));
  return sheet;
}

/** The outcome, in all registers of the batch. */
export function outcomeOf(
  { id, state, sheet }: { readonly sheet: readonly SheetRow[] } & Pick<BookRecord<'outcome'>, 'id' | 'state'>,
  books: 'all' | 'register' | undefined,
): Write {
  const outcome = { schema: 'tenor.outcome/1' as const, id, state, sheet: [...sheet] };
  return put('outcome', id, outcome, books === 'register' ? [] : undefined);
}
