/** Ids and seeds. The caller chooses them before the first send. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isDate } from '../../chaincode/src/protocol/dates.js';
import { claimKey, normalisedNumber } from '../../chaincode/src/protocol/documentNumbers.js';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import type { PrivateOf } from '../../chaincode/src/protocol/commands/index.js';

/**
 * A new record id, `<register>~<drawer>~<128 random bits>`. @param register MSP id of the organisation whose book keeps the record
 * @param drawer MSP id of the organisation that creates the record; no other organisation can
 */
export const newId = (register: string, drawer: string): string => `${register}~${drawer}~${newReference()}`;

/** A new reference inside a record, such as the id of a transfer: 128 random bits, 22 letters. */
export const newReference = (): string => randomBytes(16).toString('base64url');

/** Seed of a call. The chaincode derives the salts of its records from it, so the same call makes the same bytes. */
export function seedOf(secret: Uint8Array, operation: string, contentHash: string): Uint8Array {
  return createHmac('sha256', secret).update(`${operation} ${contentHash}`).digest();
}

/**
 * The id under which a document is claimed. Everybody who has the document computes the same id, so a second claim is noticed.
 * @param document with the date of issue as `YYYY-MM-DD`
 * @throws TenorError REQUEST_MALFORMED where the number has no letter or digit, or one that cannot be told from others; DATE_MALFORMED
 */
export function claimIdOf(
  document: Pick<PrivateOf<'document:claim'>, 'type' | 'seller' | 'number' | 'issuedOn'>,
): string {
  if (normalisedNumber(document.number) === '') throw new TenorError('REQUEST_MALFORMED', { path: 'number' });
  if (!isDate(document.issuedOn)) throw new TenorError('DATE_MALFORMED', { path: 'issuedOn' });
  return createHash('sha256').update(claimKey(document)).digest('hex');
}
