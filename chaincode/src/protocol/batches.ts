/** How the parts of a batch are named: its id, and the row by which a leg is shown to those who are not its parties. */
import { canonicalJson } from './canonical.js';
import type { BookRecord, Leg, SheetRow } from './records/index.js';

/** Leg ids in the order in which every record and sheet has them. */
export const inOrder = (legIds: readonly string[]): string[] => [...legIds].sort();

/** The text whose SHA-256 is the id of the batch with exactly these legs. */
export const batchText = (legIds: readonly string[]): string => canonicalJson(inOrder(legIds));

/** Ids of the legs by which a quote is settled by one call. */
export interface SettlingIds {
  /** Of the slices, in the order of the quote. */
  readonly sales: readonly string[];
  /** Of the money. */
  readonly price: string;
  /** All of them, in order. */
  readonly legIds: readonly string[];
}

/** Letters of the random part of such an id: 128 bits. */
const SETTLING_LETTERS = 32;

/**
 * The ids follow from the quote under its own salt, which only funder and holder know: nobody guesses them from what is in blocks, and both endorsers compute the same. The funder is bound to the bytes
 * of the quote by the acceptance, and the holder cannot change them, so that neither can have it settled once more under other ids.
 * @param hmac HMAC-SHA-256 of a text under a secret, both in hex
 */
export function settlingIdsBy(
  { id, salt, holderMsp, funderMsp, slices }: BookRecord<'quote'>,
  hmac: (secret: string, text: string) => string,
): SettlingIds {
  const idOf = (drawerMsp: string, about: { readonly sliceId?: string }): string => {
    const random = hmac(salt, canonicalJson({ settles: id, ...about })).slice(0, SETTLING_LETTERS);
    return `${funderMsp}~${drawerMsp}~${random}`;
  };
  const sales = slices.map(({ sliceId }) => idOf(holderMsp, { sliceId }));
  const price = idOf(funderMsp, {});
  return { sales, price, legIds: inOrder([...sales, price]) };
}

/** The row of a leg. @param legHash SHA-256 of the leg as stored, in hex */
export function rowOfLeg({ id, batchId, what, receiverMsp, cash, expiresOn }: Leg, legHash: string): SheetRow {
  const banks = cash === undefined ? {} : { payerBankMsp: cash.payerBankMsp, payeeBankMsp: cash.payeeBankMsp };
  const standIn = cash?.standIn === undefined ? {} : { standInMsp: cash.standIn.mspId };
  return { id, batchId, legHash, what, receiverMsp, ...banks, ...standIn, expiresOn };
}
