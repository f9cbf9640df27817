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

/** A new record is drawn by the organisation that its id names, and by no other. */
const DRAWN: Refused = { ...FOREIGN, 'another party': 'ID_FOREIGN' };

/** By command. Administrators are the viewers here: the registry's commands are theirs. */
export const CALLERS: Readonly<Record<CommandName, Refused>> = {
  'registry:adopt': NOT_ADMIN,
  'registry:bootstrap': { stranger: 'REGISTRY_FOUNDED' },
  'registry:propose': NOT_ADMIN,
  'registry:approve': NOT_ADMIN,
  'ticket:prepare': DRAWN,
  'line:open': DRAWN,
  'document:claim': FOREIGN,
  'certificate:draft': DRAWN,
  'certificate:submit': OWN_BOOK,
  'certificate:confirm': OWN_BOOK,
  'certificate:reject': FOREIGN,
  'certificate:offer': FOREIGN,
  'certificate:accept': DRAWN,
  'certificate:decline': FOREIGN,
  'certificate:unwind': FOREIGN,
  'slice:split': DRAWN,
  'slice:offer': OWN_BOOK,
  'slice:accept': FOREIGN,
  'slice:decline': FOREIGN,
  // Whoever is handed the bytes of a record may keep them in its own book.
  'book:restore': { stranger: 'CALLER_NOT_REGISTERED', viewer: 'CALLER_NOT_ALLOWED' },
  'slice:present': DRAWN,
  'payment:report': FOREIGN,
  'payment:attest': OWN_BOOK,
  'presentment:acknowledge': FOREIGN,
  'presentment:discharge': FOREIGN,
  'presentment:withdraw': FOREIGN,
  'presentment:reopen': FOREIGN,
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
  'certificate:reject': 'CONFIRMATION_EXISTS',
  'certificate:offer': 'OPENING_MISSING',
  'certificate:accept': 'OPENING_MISMATCH',
  'certificate:decline': 'OPENING_MISMATCH',
  'certificate:unwind': 'OPENING_MISMATCH',
  'slice:split': 'ID_TAKEN',
  'slice:offer': 'OPENING_MISMATCH',
  'slice:accept': 'OPENING_MISMATCH',
  'slice:decline': 'OPENING_MISMATCH',
  'book:restore': 'ok',
  'slice:present': 'ID_TAKEN',
  'payment:report': 'UETR_USED',
  'payment:attest': 'UETR_USED',
  'presentment:acknowledge': 'ACKNOWLEDGEMENT_EXISTS',
  'presentment:discharge': 'OPENING_MISMATCH',
  'presentment:withdraw': 'OPENING_MISMATCH',
  'presentment:reopen': 'ok',
  'certificate:redeem': 'OPENING_MISSING',
};
