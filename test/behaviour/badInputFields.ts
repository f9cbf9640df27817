/** The fields of every command and what each takes, written by hand from the documentation; `?` marks what may be left out. */
import type { SubmitName } from './dealStep.js';

/** What a field takes. */
export type FieldType =
  | 'id'
  | 'ids'
  | 'hash'
  | 'party'
  | 'amount'
  | 'amounts'
  | 'currency'
  | 'date'
  | 'uetr'
  | 'text'
  | 'flag'
  | 'word'
  | 'command'
  | 'msps'
  | 'list';

/** Field names with what they take. */
export type Fields = Readonly<Record<string, FieldType | `${FieldType}?`>>;

/** The two parts of a command's input. */
export interface CommandFields {
  /** In the block, for everybody to see. */
  readonly request: Fields;
  /** For the endorsers alone; absent where a command has no private part. */
  readonly secret?: Fields;
}

const MONEY: Fields = { currency: 'currency', amount: 'amount' };
const TRANSFER: Fields = { sliceId: 'id', transferId: 'id' };

/** Every command. */
export const FIELDS: Readonly<Record<SubmitName, CommandFields>> = {
  'registry:adopt': { request: { founders: 'msps' } },
  'registry:bootstrap': { request: { founders: 'msps' } },
  'registry:propose': { request: { proposalId: 'id', changes: 'list' } },
  'registry:approve': { request: { proposalId: 'id' } },
  'certificate:prepare': {
    request: { ticketId: 'id' },
    secret: { party: 'party', command: 'command', payload: 'command', expiresOn: 'date' },
  },
  'certificate:openLine': {
    request: { lineId: 'id', ticketId: 'id' },
    secret: {
      ...{ bank: 'party', issuer: 'party', currency: 'currency', limit: 'amount' },
      ...{ expiresOn: 'date', revolving: 'flag', autoConfirm: 'flag' },
    },
  },
  'certificate:claim': {
    request: { claimId: 'hash' },
    secret: {
      ...{ type: 'word', number: 'text', seller: 'party', issuer: 'party', bank: 'party' },
      ...{ currency: 'currency', capacity: 'amount', documentHash: 'hash' },
    },
  },
  'certificate:draft': {
    request: { certificateId: 'id' },
    secret: {
      ...{ issuer: 'party', bank: 'party', payee: 'party', ...MONEY, dueDate: 'date', calendar: 'text' },
      ...{ mode: 'word', deliveredOn: 'date', claims: 'list', tenorJustification: 'text?' },
    },
  },
  'certificate:submit': { request: { certificateId: 'id', lineId: 'id?' } },
  'certificate:confirm': { request: { certificateIds: 'ids', lineId: 'id', ticketId: 'id' } },
  'certificate:reject': { request: { certificateId: 'id' } },
  'certificate:offer': { request: { certificateId: 'id' }, secret: { expiresOn: 'date' } },
  'certificate:accept': { request: { items: 'list' } },
  'certificate:decline': { request: { certificateId: 'id' } },
  'certificate:unwind': { request: { certificateId: 'id' } },
  'certificate:split': { request: { sliceId: 'id', partIds: 'ids' }, secret: { amounts: 'amounts' } },
  'certificate:transfer': {
    request: { ...TRANSFER, ticketId: 'id' },
    secret: { transferee: 'party', expiresOn: 'date' },
  },
  'certificate:acceptTransfer': { request: TRANSFER },
  'certificate:declineTransfer': { request: { ...TRANSFER, books: 'word?' } },
  'certificate:restore': { request: { kind: 'word', id: 'text' }, secret: { record: 'command', terms: 'command?' } },
  'settlement:present': {
    request: { presentmentId: 'id', sliceIds: 'ids' },
    secret: { account: 'text', payeeBank: 'party' },
  },
  'settlement:reportPayment': {
    request: { uetr: 'uetr', presentmentId: 'id' },
    secret: { ...MONEY, status: 'word', messageHash: 'hash' },
  },
  'settlement:attestCredit': {
    request: { uetr: 'uetr', presentmentId: 'id', ticketId: 'id' },
    secret: { ...MONEY, valueDate: 'date', account: 'text', messageHash: 'hash' },
  },
  'settlement:acknowledge': { request: { presentmentId: 'id', uetr: 'uetr' } },
  'settlement:release': { request: { presentmentId: 'id', uetr: 'uetr', books: 'word?' } },
  'settlement:settle': { request: { certificateId: 'id', sliceIds: 'ids' } },
};
