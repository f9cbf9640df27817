/** Who may not call a command, and what a second call of it meets; by hand. */
import type { ErrorCode } from '@tenor/client';
import type { SubmitName } from './dealStep.js';

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
export const CALLERS: Readonly<Record<SubmitName, Refused>> = {
  'registry:adopt': NOT_ADMIN,
  'registry:bootstrap': NOT_ADMIN,
  'registry:propose': NOT_ADMIN,
  'registry:approve': NOT_ADMIN,
  'certificate:prepare': FOREIGN,
  'certificate:openLine': OWN_BOOK,
  'certificate:claim': FOREIGN,
  'certificate:draft': FOREIGN,
  'certificate:submit': OWN_BOOK,
  'certificate:confirm': OWN_BOOK,
  'certificate:reject': FOREIGN,
  'certificate:offer': FOREIGN,
  'certificate:accept': FOREIGN,
  'certificate:decline': FOREIGN,
  'certificate:unwind': FOREIGN,
  'certificate:split': FOREIGN,
  'certificate:transfer': OWN_BOOK,
  'certificate:acceptTransfer': FOREIGN,
  'certificate:declineTransfer': FOREIGN,
  // Whoever is handed the bytes of a record may keep them in its own book.
  'certificate:restore': { stranger: 'CALLER_NOT_REGISTERED', viewer: 'CALLER_NOT_ALLOWED' },
  'settlement:present': FOREIGN,
  'settlement:reportPayment': FOREIGN,
  'settlement:attestCredit': OWN_BOOK,
  'settlement:acknowledge': FOREIGN,
  'settlement:release': FOREIGN,
  'settlement:settle': FOREIGN,
};

/** What the same call meets once it went through, with another seed: `ok` where no seed is in the record, so that it is a repeat. */
export const AGAIN: Readonly<Record<SubmitName, ErrorCode | 'ok'>> = {
  'registry:adopt': 'ok',
  'registry:bootstrap': 'ok',
  'registry:propose': 'ok',
  'registry:approve': 'SAME_PERSON',
  'certificate:prepare': 'ID_TAKEN',
  'certificate:openLine': 'ID_TAKEN',
  'certificate:claim': 'DOCUMENT_CLAIMED',
  'certificate:draft': 'ID_TAKEN',
  'certificate:submit': 'OPENING_MISMATCH',
  'certificate:confirm': 'OPENING_MISMATCH',
  'certificate:reject': 'STATE',
  'certificate:offer': 'STATE',
  'certificate:accept': 'OPENING_MISMATCH',
  'certificate:decline': 'OPENING_MISMATCH',
  'certificate:unwind': 'STATE',
  'certificate:split': 'OPENING_MISMATCH',
  'certificate:transfer': 'OPENING_MISMATCH',
  'certificate:acceptTransfer': 'OPENING_MISMATCH',
  'certificate:declineTransfer': 'OPENING_MISMATCH',
  'certificate:restore': 'ok',
  'settlement:present': 'ID_TAKEN',
  'settlement:reportPayment': 'UETR_USED',
  'settlement:attestCredit': 'UETR_USED',
  'settlement:acknowledge': 'ID_TAKEN',
  'settlement:release': 'OPENING_MISMATCH',
  'settlement:settle': 'OPENING_MISMATCH',
};
