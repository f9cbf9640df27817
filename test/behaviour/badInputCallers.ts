/** Who may not call a command, and what a second call of it meets; by hand. */
import type { ErrorCode } from '@tenor/client';
import type { CommandName } from './dealStep.js';

/** What a caller meets who is no operator, one who only reads, and an operator of an organisation that is no party. */
interface Refused {
  readonly stranger: ErrorCode;
  readonly viewer?: ErrorCode;
  readonly 'another party'?: ErrorCode;
}

const NOT_ADMIN: Refused = { stranger: 'CALLER_NOT_ADMIN' };
const FOREIGN: Refused = {
  ...{ stranger: 'CALLER_NOT_REGISTERED', viewer: 'CALLER_NOT_ALLOWED', 'another party': 'CALLER_NOT_ALLOWED' },
};
/** What lies in the party's own book alone cannot even be shown from another one. */
const OWN_BOOK: Refused = { ...FOREIGN, 'another party': 'OPENING_MISMATCH' };

/** By command. Administrators are the viewers here: the registry's commands are theirs. */
export const CALLERS: Readonly<Record<CommandName, Refused>> = {
  'registry:adopt': NOT_ADMIN,
  'registry:bootstrap': NOT_ADMIN,
  'registry:propose': NOT_ADMIN,
  'registry:approve': NOT_ADMIN,
  'ticket:prepare': FOREIGN,
  'line:open': OWN_BOOK,
  'document:claim': FOREIGN,
  'certificate:draft': FOREIGN,
  'certificate:submit': OWN_BOOK,
  'certificate:confirm': OWN_BOOK,
  'certificate:reject': FOREIGN,
  'certificate:offer': FOREIGN,
  'certificate:accept': FOREIGN,
  'certificate:decline': FOREIGN,
  'certificate:unwind': FOREIGN,
  'slice:split': FOREIGN,
  'slice:offer': OWN_BOOK,
  'slice:accept': FOREIGN,
  'slice:decline': FOREIGN,
  // Whoever is handed the bytes of a record may keep them in its own book.
  'book:restore': { stranger: 'CALLER_NOT_REGISTERED', viewer: 'CALLER_NOT_ALLOWED' },
  'slice:present': FOREIGN,
  'payment:report': FOREIGN,
  'payment:attest': OWN_BOOK,
  'presentment:acknowledge': FOREIGN,
  'presentment:discharge': FOREIGN,
  'certificate:redeem': FOREIGN,
};

/** What the same call meets once it went through, with another seed: `ok` where no seed is in the record, so that it is a repeat. */
export const AGAIN: Readonly<Record<CommandName, ErrorCode | 'ok'>> = {
  'registry:adopt': 'ok',
  'registry:bootstrap': 'ok',
  'registry:propose': 'ok',
  'registry:approve': 'SAME_PERSON',
  'ticket:prepare': 'ID_TAKEN',
  'line:open': 'ID_TAKEN',
  'document:claim': 'DOCUMENT_CLAIMED',
  'certificate:draft': 'ID_TAKEN',
  'certificate:submit': 'OPENING_MISMATCH',
  'certificate:confirm': 'OPENING_MISMATCH',
  'certificate:reject': 'STATE',
  'certificate:offer': 'STATE',
  'certificate:accept': 'OPENING_MISMATCH',
  'certificate:decline': 'OPENING_MISMATCH',
  'certificate:unwind': 'STATE',
  'slice:split': 'OPENING_MISMATCH',
  'slice:offer': 'OPENING_MISMATCH',
  'slice:accept': 'OPENING_MISMATCH',
  'slice:decline': 'OPENING_MISMATCH',
  'book:restore': 'ok',
  'slice:present': 'ID_TAKEN',
  'payment:report': 'UETR_USED',
  'payment:attest': 'UETR_USED',
  'presentment:acknowledge': 'ID_TAKEN',
  'presentment:discharge': 'OPENING_MISMATCH',
  'certificate:redeem': 'OPENING_MISMATCH',
};
