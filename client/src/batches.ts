/** What the parties of a batch agree on before any of its legs is instructed, and the sheet by which its outcome is written. */
import { createHash, createHmac } from 'node:crypto';
import { batchText, inOrder, rowOfLeg, settlingIdsBy, type SettlingIds } from '../../chaincode/src/protocol/batches.js';
import { TenorError } from './errors.js';
import type { BookRecord, SheetRow } from '../../chaincode/src/protocol/records/index.js';
import type { Reader } from './resources/books.js';

export type { SettlingIds } from '../../chaincode/src/protocol/batches.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Id of the batch with exactly these legs: SHA-256 of their ids, in hex. */
export const batchIdOf = (legIds: readonly string[]): string => sha256(batchText(legIds));

/** Ids of the legs by which a funder settles an accepted quote by one call (`financing:settle`), as funder and holder both compute them: what the money is reported and attested by. */
export const settlingIdsOf = (quote: BookRecord<'quote'>): SettlingIds =>
  settlingIdsBy(quote, (secret, text) => createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex'));

/** The row by which a leg is shown to other members of its batch. Send it to whoever writes the outcome and does not see the leg. */
export const sheetRowOf = (leg: { readonly record: BookRecord<'leg'>; readonly opening: string }): SheetRow =>
  rowOfLeg(leg.record, sha256(leg.opening));

/**
 * The sheet of a batch: rows of the legs in the caller's own book, and rows that other members have told.
 * @throws TenorError NOT_FOUND where a leg is neither in the own book nor among what was told
 */
export async function sheetFrom(
  legs: Reader<'leg'>,
  legIds: readonly string[],
  told: readonly SheetRow[] = [],
): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for (const id of inOrder(legIds)) rows.push(told.find((row) => row.id === id) ?? (await ownRow(legs, id)));
  return rows;
}

async function ownRow(legs: Reader<'leg'>, id: string): Promise<SheetRow> {
  const view = await legs.get(id);
  if (!view.current) throw new TenorError('OPENING_MISMATCH', { kind: 'leg', id });
  return sheetRowOf(view);
}
