/** Key-level policies: who satisfies the bytes, by an evaluator of its own, for every set of organisations. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeKeyPolicy } from '../../../chaincode/src/ledger/keyPolicy.js';
import type { KeyPolicy } from '../../../chaincode/src/domain/decision.js';
import { readPolicy, satisfies } from './policyEvaluator.js';

const ORGANIZATIONS = ['BankMSP', 'ContractorMSP', 'IssuerMSP', 'OperatorMSP', 'SupplierMSP'];

const subsets = <Item>(items: readonly Item[]): Item[][] =>
  items.reduce<Item[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);

/** What a policy means, said without looking at bytes. */
const means = ({ all, any }: KeyPolicy, endorsers: ReadonlySet<string>): boolean =>
  all.every((mspId) => endorsers.has(mspId)) &&
  (any === undefined || any.length === 0 || any.some((each) => [each].flat().every((mspId) => endorsers.has(mspId))));

const POLICIES: readonly KeyPolicy[] = [
  { all: ['BankMSP'] },
  { all: ['BankMSP', 'SupplierMSP'] },
  { all: ['IssuerMSP', 'BankMSP'] },
  { all: ['BankMSP'], any: ['SupplierMSP', 'ContractorMSP'] },
  { all: ['SupplierMSP'], any: ['BankMSP', 'ContractorMSP'] },
  { all: ['BankMSP'], any: ['SupplierMSP'] },
  { all: ['BankMSP'], any: [] },
  { all: ['BankMSP'], any: ['SupplierMSP', ['ContractorMSP', 'OperatorMSP']] },
  {
    all: ['BankMSP'],
    any: [
      ['OperatorMSP', 'ContractorMSP'],
      ['IssuerMSP', 'SupplierMSP'],
    ],
  },
  { all: ['BankMSP', 'IssuerMSP', 'SupplierMSP'], any: ['OperatorMSP', 'ContractorMSP'] },
];

describe('encodeKeyPolicy', () => {
  it.each(POLICIES)('%j is satisfied by exactly the sets that it names', (policy) => {
    const read = readPolicy(encodeKeyPolicy(policy));
    for (const set of subsets(ORGANIZATIONS)) {
      const endorsers = new Set(set);
      expect([set, satisfies(read, endorsers)]).toEqual([set, means(policy, endorsers)]);
    }
  });

  it.each(POLICIES)('%j names each organisation once, in order', (policy) => {
    const { mspIds, version } = readPolicy(encodeKeyPolicy(policy));
    expect(mspIds).toEqual([...new Set([...policy.all, ...(policy.any ?? []).flat()])].sort());
    expect(version).toBe(0);
  });

  it('gives the same bytes whatever the order and however often an organisation is named', () => {
    const hex = (policy: KeyPolicy): string => Buffer.from(encodeKeyPolicy(policy)).toString('hex');
    expect(hex({ all: ['B', 'A', 'B'], any: ['D', 'C', 'D'] })).toBe(hex({ all: ['A', 'B'], any: ['C', 'D'] }));
    expect(hex({ all: ['B', 'A'] })).toBe(hex({ all: ['A', 'B'] }));
  });

  it('asks only for those of an alternative that need not sign anyway', () => {
    const hex = (policy: KeyPolicy): string => Buffer.from(encodeKeyPolicy(policy)).toString('hex');
    const any = ['SupplierMSP', 'ContractorMSP'];
    expect(hex({ all: ['BankMSP'], any: ['SupplierMSP', ['BankMSP', 'ContractorMSP']] })).toBe(
      hex({ all: ['BankMSP'], any }),
    );
  });

  it('drops a choice that an organisation satisfies which must sign anyway', () => {
    const read = readPolicy(encodeKeyPolicy({ all: ['BankMSP'], any: ['BankMSP', 'SupplierMSP'] }));
    expect(read.mspIds).toEqual(['BankMSP']);
    expect(satisfies(read, new Set(['BankMSP']))).toBe(true);
  });

  it('means what it says for any policy', () => {
    const some = fc.subarray(ORGANIZATIONS, { minLength: 1 });
    const anyOrder = fc.shuffledSubarray(ORGANIZATIONS);
    fc.assert(
      fc.property(some, anyOrder, fc.subarray(ORGANIZATIONS), (all, any, set) => {
        const policy = { all, any };
        const endorsers = new Set(set);
        const free = any.some((mspId) => all.includes(mspId)) ? { all } : policy;
        expect(satisfies(readPolicy(encodeKeyPolicy(policy)), endorsers)).toBe(means(free, endorsers));
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('is the envelope that Fabric documents, byte for byte', () => {
    // version 0 is left out; rule: 1 out of {signed_by 0}; identity: role PEER (3) of "A".
    expect(Buffer.from(encodeKeyPolicy({ all: ['A'] })).toString('hex')).toBe('120812060801120208001a0712050a01411003');
  });
});
