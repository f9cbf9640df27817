/** Documents: claimed under the one id that everyone computes, reserved within their capacity, released exactly. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { allocate, claim, claimKey, deallocate, type ClaimFacts } from '../../../chaincode/src/domain/claim.js';
import type { ParsedPrivate } from '../../../chaincode/src/protocol/commands/index.js';
import { codeOf } from '../protocol/support.js';
import { BANK, callerOf, CLAIM, CONTRACTOR, HASH, idOf, ISSUER, MSP, PARTY, SUPPLIER } from './facts.js';
import { refusesInOrder } from './refusals.js';
import { wrongCallers } from './wrongs.js';

const ID = createHash('sha256').update(`{"number":"INV1","seller":"${SUPPLIER}","type":"INVOICE"}`).digest('hex');

interface Call {
  readonly claimId: string;
  readonly secret: ParsedPrivate<'document:claim'>;
  readonly facts: ClaimFacts;
}

const GOOD: Call = {
  claimId: ID,
  secret: {
    ...{
      type: 'INVOICE',
      number: 'INV-1',
      seller: SUPPLIER,
      issuer: ISSUER,
      bank: BANK,
      currency: 'USD',
      capacity: '1000',
    },
    documentHash: HASH,
  },
  facts: { caller: callerOf('issuer'), issuer: PARTY.issuer, bank: PARTY.bank, seller: PARTY.supplier, expectedId: ID },
};
const run = ({ claimId, secret, facts }: Call): unknown => claim({ claimId }, secret, facts);
const facts = (changes: Partial<ClaimFacts>) => (call: Call) => ({ ...call, facts: { ...call.facts, ...changes } });

describe('claim', () => {
  refusesInOrder<Call>(run, GOOD, [
    ...wrongCallers<Call>('issuer', ['maker', 'checker'], (caller) => facts({ caller })),
    ['PARTY_ROLE', 'the issuer is none', facts({ issuer: { ...PARTY.issuer, roles: ['supplier'] } })],
    ['PARTY_ROLE', 'the issuer is suspended', facts({ issuer: { ...PARTY.issuer, status: 'SUSPENDED' } })],
    ['PARTY_ROLE', 'the bank is none', facts({ bank: { ...PARTY.bank, roles: ['supplier'] } })],
    ['PARTY_ROLE', 'the seller is none', facts({ seller: { ...PARTY.supplier, roles: ['issuer'] } })],
    [
      'SAME_ORGANIZATION',
      'issuer and bank live in one organisation',
      facts({ bank: { ...PARTY.bank, mspId: MSP.issuer } }),
    ],
    ['REQUEST_MALFORMED', 'the id is of another document', (call) => ({ ...call, claimId: HASH }), { path: 'claimId' }],
  ]);

  it.each(['maker', 'checker'] as const)('is open to a %s alone', (duty) => {
    expect(codeOf(() => run(facts({ caller: callerOf('issuer', [duty]) })(GOOD)))).toHaveProperty('answered');
  });

  it('writes an unused claim into both books, without a key policy: its presence is its meaning', () => {
    const { salt: _salt, ...record } = CLAIM.record;
    const books = [{ mspId: MSP.bank }, { mspId: MSP.issuer }];
    expect(run(GOOD)).toEqual({ writes: [{ op: 'put', kind: 'claim', id: ID, record: { ...record, id: ID }, books }] });
  });
});

describe('claimKey', () => {
  it('is what everyone computes who holds the document', () => {
    const key = `{"number":"INV1","seller":"${SUPPLIER}","type":"INVOICE"}`;
    for (const number of ['INV-1', 'inv 1', 'ＩＮＶ／１', 'INV1'])
      expect(claimKey({ type: 'INVOICE', seller: SUPPLIER, number })).toBe(key);
  });

  it.each([
    [{ type: 'CONTRACT', seller: SUPPLIER, number: 'INV-1' }, 'another type'],
    [{ type: 'INVOICE', seller: CONTRACTOR, number: 'INV-1' }, 'another seller'],
    [{ type: 'INVOICE', seller: SUPPLIER, number: 'INV-2' }, 'another number'],
  ] as [Parameters<typeof claimKey>[0], string][])('%j is another document (%s)', (document) => {
    expect(claimKey(document)).not.toBe(claimKey({ type: 'INVOICE', seller: SUPPLIER, number: 'INV-1' }));
  });
});

describe('allocate and deallocate', () => {
  const [one, two] = [idOf('certificate', 1), idOf('certificate', 2)];
  const used = { ...CLAIM.record, allocations: [{ certificateId: one, amount: '400' }] };

  it.each([
    ['600', { answered: { ...used, allocations: [...used.allocations, { certificateId: two, amount: '600' }] } }],
    ['601', 'DOCUMENT_CAPACITY'],
  ])('with 600 of 1000 left, %s: %p', (amount, outcome) => {
    expect(codeOf(() => allocate(used, two, amount))).toEqual(outcome);
  });

  it('takes fifty certificates and no more', () => {
    const allocations = Array.from({ length: 49 }, (_, index) => ({
      certificateId: idOf('certificate', index),
      amount: '1',
    }));
    const fifty = allocate({ ...CLAIM.record, allocations }, two, '1');
    expect(fifty.allocations).toHaveLength(50);
    expect(codeOf(() => allocate(fifty, one, '1'), true)).toEqual(['DOCUMENT_CAPACITY', { claimId: CLAIM.id }]);
  });

  it('counts beyond what a float holds', () => {
    const large = {
      ...CLAIM.record,
      capacity: '9007199254740993',
      allocations: [{ certificateId: one, amount: '9007199254740992' }],
    };
    expect(codeOf(() => allocate(large, two, '1'))).toHaveProperty('answered');
    expect(codeOf(() => allocate(large, two, '2'))).toBe('DOCUMENT_CAPACITY');
  });

  it('releases what one certificate had, and nothing else', () => {
    expect(deallocate(allocate(used, two, '600'), one).allocations).toEqual([{ certificateId: two, amount: '600' }]);
    expect(deallocate(allocate(used, two, '600'), two)).toEqual(used);
    expect(deallocate(used, two)).toEqual(used);
  });
});
