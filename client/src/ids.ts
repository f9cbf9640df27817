/** Ids and seeds: drawn by the caller, stored before the first send. */
import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import { normalisedNumber } from '../../chaincode/src/protocol/identifiers.js';
import { LIMITS } from '../../chaincode/src/protocol/limits.js';
import type { PrivateOf } from '../../chaincode/src/protocol/transactions.js';

/** A new record id: 128 random bits, 22 letters. */
export const newId = (): string => randomBytes(16).toString('base64url');

/** A new seed, from which the chaincode derives the salts of one transaction's records. */
export const newSeed = (): Uint8Array => randomBytes(LIMITS.seedBytes);

/** The id under which a document is claimed: the same for everyone who holds the document, so that two claims of it meet. */
export function claimIdOf(document: Pick<PrivateOf<'certificate:claim'>, 'type' | 'seller' | 'number'>): string {
  const { type, seller, number } = document;
  return createHash('sha256')
    .update(canonicalJson({ number: normalisedNumber(number), seller, type }))
    .digest('hex');
}
