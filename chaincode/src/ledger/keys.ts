/** All keys. The most general part comes first. Neither ids nor MSP ids can hold a slash. */
import { canonicalJson } from '../protocol/canonical.js';
import { zPreservedKind, type BookKind, type PublicKind, type Slice } from '../protocol/records/index.js';
import { sha256 } from './codec.js';

/** Name of an organisation's book: its org-implicit collection. */
export const bookOf = (mspId: string): string => `_implicit_org_${mspId}`;

/** Records for which the organisation is the register, and which it vouches for. */
const OWN = 'own';
/** Copies that the organisation was shown. They prove nothing. */
const SHOWN = 'shown';

/** Key of a record on the shelf of its register. */
export const ownKey = (kind: BookKind, id: string): string => `${OWN}/${kind}/${id}`;

/**
 * Key of a copy. It names the register, so that a copy is never taken for a record of another register. Only a record that this
 * register vouched for can be written there.
 */
export const shownKey = (register: string, kind: BookKind, id: string): string => `${SHOWN}/${kind}/${register}/${id}`;

/** Whether a key is the one of a copy. */
export const isCopy = (key: string): boolean => key.startsWith(`${SHOWN}/`);

/** Where a key of a book leads. */
export interface Place {
  /** Undefined for a key on the shelf `own`. */
  readonly register: string | undefined;
  readonly id: string;
}

/** Prefixes of the keys of a kind, in the order of the shelves. */
export const shelvesOf = (kind: BookKind): readonly string[] => [`${OWN}/${kind}/`, `${SHOWN}/${kind}/`];

/** The meaning of a key below one of {@link shelvesOf}, or undefined if this chaincode writes no such key. */
export function placeOf(key: string): Place | undefined {
  const [shelf, , ...rest] = key.split('/');
  if (shelf === OWN && rest.length === 1) return { register: undefined, id: rest[0] ?? '' };
  return shelf === SHOWN && rest.length === 2 ? { register: rest[0], id: rest[1] ?? '' } : undefined;
}

/** Name of an opening in the transient map. */
export const openingName = (kind: BookKind, id: string): string => `${kind}/${id}`;

/** Key of a registry record in public state. `id` is absent if the channel has only one record of the kind. */
export const publicKey = (kind: PublicKind, id: string | undefined): string =>
  id === undefined ? kind : `${kind}/${id}`;

/** Id of the voucher for what stood on the shelf of an organisation that left. */
export const voucherId = (mspId: string, kind: string, id: string): string => `${mspId}/${kind}/${id}`;

/** Id of the voucher for what stood under a key of an own shelf, if there can be one for its kind. */
export function voucherOf(mspId: string, key: string): string | undefined {
  const [, kind = '', ...rest] = key.split('/');
  return zPreservedKind.safeParse(kind).success ? voucherId(mspId, kind, rest.join('/')) : undefined;
}

/** Id under which it is said of slices that one holder has of one certificate that they became parts of others. */
export const consolidationIdOf = ({ certificateId, holder }: Pick<Slice, 'certificateId' | 'holder'>): string =>
  sha256(canonicalJson({ certificateId, holder }));

/** Id of an operator record. */
export const operatorId = (mspId: string, identity: string): string => `${mspId}/${identity}`;

/** The one founding record of a book. */
export const FOUNDING_ID = 'channel';
