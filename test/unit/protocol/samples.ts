/** One valid call of every command and query, written by hand: what the schema tests break field by field. */
import type { PrivateOf, RequestOf, Name } from '../../../chaincode/src/protocol/commands/index.js';
import { BANK, CONTRACTOR, HASH, idOf, ISSUER, reference, SUPPLIER, UETR } from '../../commands/support/facts.js';

/** A valid call. */
interface Sample<Of extends Name> {
  readonly request: RequestOf<Of>;
  readonly secret?: PrivateOf<Of>;
}

const certificateId = idOf('bank', 'issuer', 'certificate');
const [lineId, ticketId] = [idOf('bank', 'bank', 'line'), idOf('bank', 'bank', 'ticket')];
const [sliceId, transferId] = [idOf('bank', 'supplier', 'slice'), reference('transfer')];
const [presentmentId, proposalId] = [idOf('supplier', 'supplier', 'presentment'), idOf('bank', 'bank', 'proposal')];
const founders = ['BankMSP', 'IssuerMSP'];
const money = { currency: 'USD', amount: '3400000000' };
const party = {
  id: BANK,
  name: 'A bank',
  mspId: 'BankMSP',
  roles: ['bank' as const],
  sme: false,
  status: 'ACTIVE' as const,
};
const policy = {
  ...{ version: 1, effectiveFrom: '2025-06-15', maxTenorMonths: 12, justifyBeyondMonths: 6, smePaymentDays: 60 },
  ...{ maxTier: 3, maxChildren: 50, graceDays: 5 },
};

/** By name. */
export const SAMPLES: { readonly [Of in Name]: Sample<Of> } = {
  'registry:adopt': { request: { founders } },
  'registry:bootstrap': { request: { founders } },
  'registry:propose': {
    request: {
      proposalId,
      changes: [
        { kind: 'party', party },
        { kind: 'operator', operator: { identity: HASH, duties: ['maker'], parties: [BANK] } },
        { kind: 'policy', policy },
        {
          kind: 'calendar',
          calendar: { id: 'CN', version: 1, weekend: [5, 6], holidays: ['2027-01-01'], extraWorkdays: ['2027-02-20'] },
        },
        { kind: 'businessDate', date: '2026-11-23' },
        { kind: 'founders', founders },
        { kind: 'departure', departure: { mspId: founders[0] ?? '', state: 'LEAVING' } },
      ],
    },
  },
  'registry:approve': { request: { proposalId } },
  'registry:preserve': { request: { mspId: 'IssuerMSP', items: [{ kind: 'claim', id: HASH }] } },
  'registry:whoami': { request: {} },
  'registry:get': { request: { kind: 'party', id: BANK } },

  'ticket:prepare': {
    request: { ticketId },
    secret: {
      party: BANK,
      command: 'certificate:confirm',
      payload: '{"private":{},"request":{}}',
      expiresOn: '2026-11-23',
    },
  },
  'line:open': {
    request: { lineId, ticketId },
    secret: {
      bank: BANK,
      issuer: ISSUER,
      currency: 'USD',
      limit: '3400000000',
      expiresOn: '2027-12-31',
      revolving: true,
      autoConfirm: false,
    },
  },
  'document:claim': {
    request: { claimId: HASH },
    secret: {
      ...{ type: 'INVOICE', number: 'INV-1', seller: SUPPLIER, issuer: ISSUER, bank: BANK },
      ...{ currency: 'USD', capacity: '3400000000', documentHash: HASH },
    },
  },
  'certificate:draft': {
    request: { certificateId },
    secret: {
      ...{
        issuer: ISSUER,
        bank: BANK,
        payee: SUPPLIER,
        ...money,
        dueDate: '2027-03-15',
        calendar: 'CN',
        mode: 'GUARANTEED',
      },
      ...{
        deliveredOn: '2026-11-20',
        claims: [{ claimId: HASH, amount: '3400000000' }],
        tenorJustification: 'Shipped by sea.',
      },
    },
  },
  'certificate:submit': { request: { certificateId, lineId } },
  'certificate:confirm': { request: { certificateIds: [certificateId], lineId, ticketId } },
  'certificate:reject': { request: { certificateId } },
  'certificate:offer': { request: { certificateId }, secret: { expiresOn: '2026-12-15' } },
  'certificate:accept': { request: { items: [{ certificateId, sliceId }] } },
  'certificate:decline': { request: { certificateId } },
  'certificate:unwind': { request: { certificateId } },
  'slice:split': {
    request: { sliceId, partIds: [idOf('bank', 'supplier', 'slice', 2), idOf('bank', 'supplier', 'slice', 3)] },
    secret: { amounts: ['1', '2'] },
  },
  'slice:offer': {
    request: { sliceId, transferId, ticketId },
    secret: { transferee: CONTRACTOR, expiresOn: '2026-12-15' },
  },
  'slice:accept': { request: { sliceId, transferId } },
  'slice:decline': { request: { sliceId, transferId } },
  'book:restore': { request: { kind: 'slice', id: sliceId, register: 'BankMSP' }, secret: { record: '{}' } },
  'book:get': { request: { kind: 'slice', id: sliceId, register: 'BankMSP' } },
  'book:list': { request: { kind: 'slice', bookmark: sliceId, limit: 100 } },
  'command:open': { request: { command: 'certificate:submit', request: {} } },
  'command:plan': { request: { command: 'certificate:submit', request: {}, check: 'refusals' } },

  'slice:present': {
    request: { presentmentId, sliceIds: [sliceId] },
    secret: { account: 'AU-063000-12345678', payeeBank: BANK },
  },
  'payment:report': {
    request: { uetr: UETR, presentmentId },
    secret: { ...money, status: 'ACCC', messageHash: HASH },
  },
  'payment:attest': {
    request: { uetr: UETR, presentmentId, ticketId },
    secret: { ...money, valueDate: '2027-03-15', account: 'AU-063000-12345678', messageHash: HASH },
  },
  'presentment:acknowledge': { request: { presentmentId, uetr: UETR } },
  'presentment:discharge': { request: { presentmentId, uetr: UETR, books: 'register' } },
  'presentment:withdraw': { request: { presentmentId, books: 'register' } },
  'presentment:reopen': { request: { presentmentId, uetr: UETR, books: 'register' } },
  'certificate:redeem': { request: { certificateId, sliceIds: [sliceId] } },
};
