/** How a payment is asked for: by its UETR, or, where it has none, by its end-to-end reference. */
import { NO_REFERENCE } from '../../../chaincode/src/protocol/identifiers.js';
import type { NoProof } from './noProof.js';

/** A UETR; or the end-to-end reference that the presentment gave, for payments without a UETR (domestic ones, SEPA). */
export type PaymentName = string | { readonly endToEndId: string };

/** What a part of a message may be known by. */
export interface Named {
  readonly uetr?: string;
  readonly endToEndId?: string;
}

/** Whether a text is a reference, which tells a payment from others. */
export const isReference = (text: string): boolean => !['', ...NO_REFERENCE].includes(text.trim().toUpperCase());

/** Whether a part of a message is known by a name. */
export const isNamed = (part: Named, name: PaymentName): boolean =>
  typeof name === 'string' ? part.uetr === name : part.endToEndId === name.endToEndId;

/** Whether a part that cannot be read is known by a name. */
export const isNamedAmong = (
  part: { readonly uetrs: readonly string[]; readonly endToEndIds: readonly string[] },
  name: PaymentName,
): boolean => (typeof name === 'string' ? part.uetrs.includes(name) : part.endToEndIds.includes(name.endToEndId));

/** Whether a name is one at all: what stands for no reference would find somebody else's payment. */
export const isName = (name: PaymentName): boolean => typeof name === 'string' || isReference(name.endToEndId);

/** The reason where no part has the name. */
export const notNamed = (name: PaymentName): NoProof =>
  typeof name === 'string' ? 'UETR_NOT_NAMED' : 'REFERENCE_NOT_NAMED';

/** The reason where more than one part has it. */
export const namedTwice = (name: PaymentName): NoProof =>
  typeof name === 'string' ? 'UETR_REPEATED' : 'REFERENCE_REPEATED';
