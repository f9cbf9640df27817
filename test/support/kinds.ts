/** The kinds of record in books, from the catalogue: a new one is in every suite at once. */
import type { BookKind } from '@tenor/client';
import { BOOK_RECORDS } from '../../chaincode/src/protocol/records/index.js';

/** Every kind. */
export const BOOK_KINDS = Object.keys(BOOK_RECORDS) as readonly BookKind[];

/** Every kind of record that a party to a deal may see. The founding is everybody's, and of places everybody can tell which are taken. */
export const BUSINESS_KINDS = BOOK_KINDS.filter((kind) => kind !== 'founding' && kind !== 'intake');
