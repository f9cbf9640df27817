/** The founding of a registry, and who has adopted it. */
import { TenorError } from '../protocol/errors.js';
import { encodeRecord, sha256 } from '../ledger/codec.js';
import { FOUNDING_ID } from '../ledger/keys.js';
import type { LedgerTransaction } from '../ledger/transaction.js';

/** The founding record of a set of founders: the same bytes in every book, so that its hash can be compared. */
export function foundingOf(founders: readonly string[]): { schema: 'tenor.founding/1'; founders: string[] } {
  return { schema: 'tenor.founding/1', founders: [...founders].sort() };
}

/** Hash of the founding of a set of founders. */
export const foundingHash = (founders: readonly string[]): string => sha256(encodeRecord(foundingOf(founders)));

/** Those of some organisations whose own books hold the founding. @throws TenorError MSP_UNKNOWN */
export async function adoptedAmong(
  tx: LedgerTransaction,
  mspIds: readonly string[],
  founding: string,
): Promise<ReadonlySet<string>> {
  const adopted = new Set<string>();
  for (const mspId of new Set(mspIds)) {
    if ((await tx.hash('founding', FOUNDING_ID, mspId)) === founding) adopted.add(mspId);
  }
  return adopted;
}

/** Parties and founders must belong to organisations whose own books hold the founding. @throws TenorError FOUNDING_MISSING, MSP_UNKNOWN */
export async function assertAdopted(tx: LedgerTransaction, mspIds: readonly string[], founding: string): Promise<void> {
  const adopted = await adoptedAmong(tx, mspIds, founding);
  const missing = mspIds.find((mspId) => !adopted.has(mspId));
  if (missing !== undefined) throw new TenorError('FOUNDING_MISSING', { mspId: missing });
}
