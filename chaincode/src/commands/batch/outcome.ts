/** What the steps of a whole batch share: its sheet, and the write of its outcome into all its registers at once. */
import { assertMember, assertSheet, assertUnexpired } from '../../domain/batches.js';
import { put, type Opened, type Write } from '../../domain/decision.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { inOrder } from '../../protocol/batches.js';
import { TenorError } from '../../protocol/errors.js';
import type { BookRecord, SheetRow } from '../../protocol/records/index.js';
import { batchIdOf, expectAllocated, expectApproved, expectProven, openOutcome } from '../batchLoaders.js';

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

/** A batch that is to be committed: as it was agreed, or by its sheet alone. */
interface Committable {
  readonly agreed: Opened<'outcome'> | undefined;
  readonly sheet: readonly SheetRow[];
}

/** Expects that everything is allocated, approved and proven. @throws TenorError SHEET_MISMATCH */
export async function expectCommittable(
  tx: LedgerTransaction,
  request: { readonly legIds: readonly string[] },
  said: { readonly sheet?: readonly SheetRow[] | undefined },
): Promise<Committable> {
  const agreed = await openOutcome(tx, request.legIds);
  const sheet = agreed?.record.sheet ?? sheetFor(request, said);
  expectAllocated(tx, sheet);
  // What was agreed was approved. Nobody takes that back by what it writes into its own book.
  if (agreed === undefined) expectApproved(tx, sheet);
  await expectProven(tx, sheet);
  return { agreed, sheet };
}

/** @throws TenorError CALLER_NOT_ALLOWED, STATE, BATCH_EXPIRED */
export function assertCommittable({ agreed, sheet }: Committable, callerMsp: string, businessDate: string): void {
  assertMember(sheet, callerMsp);
  const state = agreed?.record.state;
  if (state !== undefined && state !== 'AGREED') throw new TenorError('STATE', { state });
  // Once money has come for an agreed batch, it is committed however late. Blocked money is free again after the last day.
  assertUnexpired(agreed === undefined ? sheet : sheet.filter(({ what }) => what === 'BLOCK'), businessDate);
}
