/** What stands in a book now, whoever shows it: read from Fabric's hashes, and for an organisation that has left from what was preserved of it. */
import { leftIn, NO_DEPARTURES } from '../domain/departures.js';
import { ownKey, voucherOf } from '../ledger/keys.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import { TenorError } from '../protocol/errors.js';
import type { BookKind } from '../protocol/records/index.js';

/** Whether an organisation has left. Its book is not asked any more. */
export async function hasLeft(tx: LedgerTransaction, mspId: string): Promise<boolean> {
  await tx.prefetch([['departures']]);
  return leftIn(tx.registry.find('departures') ?? NO_DEPARTURES).has(mspId);
}

/** Whether a book holds something there now. The read is part of the transaction's read set. A book that is not on the channel says nothing. */
export async function stands(tx: LedgerTransaction, kind: BookKind, id: string, mspId: string): Promise<boolean> {
  if (await hasLeft(tx, mspId)) return isPreserved(tx, kind, id, mspId);
  try {
    return (await tx.hash(kind, id, mspId)) !== '';
  } catch (error) {
    if (error instanceof TenorError && error.code === 'MSP_UNKNOWN') return false;
    throw error;
  }
}

async function isPreserved(tx: LedgerTransaction, kind: BookKind, id: string, mspId: string): Promise<boolean> {
  const voucher = voucherOf(mspId, ownKey(kind, id));
  if (voucher === undefined) return false;
  await tx.prefetch([['voucher', voucher]]);
  return (tx.registry.find('voucher', voucher)?.hash ?? '') !== '';
}
