/** What must stand nowhere before a document is claimed. */
import { sha256 } from '../../ledger/codec.js';
import { Pending } from '../../ledger/pending.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { claimKey, paperKey } from '../../protocol/documentNumbers.js';
import type { PublicRecord, TradeDocument } from '../../protocol/records/index.js';

/** The registered banks. Resolves with @throws TenorError PARTY_ROLE */
export const registeredBanks = (): Pending<PublicRecord<'banks'>> =>
  new Pending([['banks']], (registry) => registry.get('banks', undefined, 'PARTY_ROLE'));

/** The id under which a document is claimed. */
export const claimIdOf = (document: Parameters<typeof claimKey>[0]): string => sha256(claimKey(document));

/** The id of the mark that a file was taken. */
export const paperIdOf = (document: Parameters<typeof paperKey>[0]): string => sha256(paperKey(document));

/**
 * Expects that no registered bank's book has a claim of the document or a mark of its file. If two banks take one document in one block,
 * only one of the transactions is valid, because the commit checks absence by hash.
 */
export function expectUnclaimed(
  tx: LedgerTransaction,
  { mspIds }: PublicRecord<'banks'>,
  document: Pick<TradeDocument, 'type' | 'seller' | 'number' | 'issuedOn' | 'documentHash'>,
): void {
  const [claimId, paperId] = [claimIdOf(document), paperIdOf(document)];
  for (const mspId of mspIds) {
    tx.expectAbsent('claim', claimId, mspId, 'DOCUMENT_CLAIMED', { mspId });
    tx.expectAbsent('paper', paperId, mspId, 'DOCUMENT_KNOWN', { mspId });
  }
}
