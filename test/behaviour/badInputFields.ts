/** The fields of every command and what each takes, written by hand from the documentation; `?` marks what may be left out. */
import type { CommandName } from './dealStep.js';

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
  | 'msp'
  | 'msps'
  | 'reference'
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
const TRANSFER: Fields = { sliceId: 'id', transferId: 'reference' };

/** Every command. */
export const FIELDS: Readonly<Record<CommandName, CommandFields>> = {
  'registry:adopt': { request: { founders: 'msps' } },
  'registry:bootstrap': { request: { founders: 'msps' } },
  'registry:propose': { request: { proposalId: 'id', changes: 'list' } },
  'registry:approve': { request: { proposalId: 'id' } },
  'ticket:prepare': {
    request: { ticketId: 'id' },
    secret: { party: 'party', command: 'command', payload: 'command', expiresOn: 'date' },
  },
  'line:open': {
    request: { lineId: 'id', ticketId: 'id' },
    secret: {
      ...{ bank: 'party', issuer: 'party', currency: 'currency', limit: 'amount' },
      ...{ expiresOn: 'date', revolving: 'flag', autoConfirm: 'flag' },
    },
  },
  'document:claim': {
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
  'slice:split': { request: { sliceId: 'id', partIds: 'ids' }, secret: { amounts: 'amounts' } },
  'slice:offer': {
    request: { ...TRANSFER, ticketId: 'id' },
    secret: { transferee: 'party', expiresOn: 'date' },
  },
  'slice:accept': { request: TRANSFER },
  'slice:decline': { request: { ...TRANSFER, books: 'word?' } },
  'book:restore': { request: { kind: 'word', id: 'text', register: 'msp' }, secret: { record: 'command' } },
  'slice:present': {
    request: { presentmentId: 'id', sliceIds: 'ids' },
    secret: { account: 'text', payeeBank: 'party' },
  },
  'payment:report': {
    request: { uetr: 'uetr', presentmentId: 'id' },
    secret: { ...MONEY, status: 'word', messageHash: 'hash' },
  },
  'payment:attest': {
    request: { uetr: 'uetr', presentmentId: 'id', ticketId: 'id' },
    secret: { ...MONEY, valueDate: 'date', account: 'text', messageHash: 'hash' },
  },
  'presentment:acknowledge': { request: { presentmentId: 'id', uetr: 'uetr' } },
  'presentment:discharge': { request: { presentmentId: 'id', uetr: 'uetr', books: 'word?' } },
  'presentment:withdraw': { request: { presentmentId: 'id', books: 'word?' } },
  'presentment:reopen': { request: { presentmentId: 'id', uetr: 'uetr', books: 'word?' } },
  'certificate:redeem': { request: { certificateId: 'id', sliceIds: 'ids' } },
};
