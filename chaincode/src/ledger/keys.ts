/** All keys. `kind/id`, the most general part first; ids cannot hold a slash. */
import type { BookKind, PublicKind } from '../protocol/records.js';

/** Name of an organisation's book: its org-implicit collection. */
export const bookOf = (mspId: string): string => `_implicit_org_${mspId}`;

/** Key of a record in a book. */
export const bookKey = (kind: BookKind, id: string): string => `${kind}/${id}`;

/** Key of a registry record in public state; `id` is absent where there is one for the channel. */
export const publicKey = (kind: PublicKind, id: string | undefined): string =>
  id === undefined ? kind : `${kind}/${id}`;

/** Id of an operator record. */
export const operatorId = (mspId: string, identity: string): string => `${mspId}/${identity}`;

/** The one founding record of a book. */
export const FOUNDING_ID = 'channel';
