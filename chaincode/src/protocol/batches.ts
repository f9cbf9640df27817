/** How the parts of a batch are named: its id, and the row by which a leg is shown to those who are not its parties. */
import { canonicalJson } from './canonical.js';
import type { Leg, SheetRow } from './records/index.js';

/** Leg ids in the order in which every record and sheet has them. */
export const inOrder = (legIds: readonly string[]): string[] => [...legIds].sort();

/** The text whose SHA-256 is the id of the batch with exactly these legs. */
export const batchText = (legIds: readonly string[]): string => canonicalJson(inOrder(legIds));

/** The row of a leg. @param legHash SHA-256 of the leg as stored, in hex */
export function rowOfLeg({ id, batchId, what, receiverMsp, cash, expiresOn }: Leg, legHash: string): SheetRow {
  const banks = cash === undefined ? {} : { payerBankMsp: cash.payerBankMsp, payeeBankMsp: cash.payeeBankMsp };
  const standIn = cash?.standIn === undefined ? {} : { standInMsp: cash.standIn.mspId };
  return { id, batchId, legHash, what, receiverMsp, ...banks, ...standIn, expiresOn };
}
