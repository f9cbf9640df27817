/** Ids and seeds that callers draw. */
import { describe, expect, it } from '@jest/globals';
import { sha256 } from '../../../chaincode/src/ledger/codec.js';
import { claimKey } from '../../../chaincode/src/protocol/documentNumbers.js';
import { drawerOf, ID_PATTERN, RANDOM_PATTERN, registerOf } from '../../../chaincode/src/protocol/identifiers.js';
import { claimIdOf, newId, newReference, seedOf } from '../../../client/src/ids.js';
import { SUPPLIER } from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';

it('draws ids that the ledger takes, each another, which name register and drawer', () => {
  const ids = Array.from({ length: 1000 }, () => newId('Bank.MSP-1', 'IssuerMSP'));
  expect(ids.filter((id) => !ID_PATTERN.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(1000);
  expect([...new Set(ids.map((id) => `${registerOf(id)} ${drawerOf(id)}`))]).toEqual(['Bank.MSP-1 IssuerMSP']);
});

it('draws references of 128 random bits', () => {
  const references = Array.from({ length: 1000 }, newReference);
  expect(references.filter((each) => !RANDOM_PATTERN.test(each) || each.length !== 22)).toEqual([]);
  expect(new Set(references).size).toBe(1000);
});

it('computes the id of a claim as the chaincode does', () => {
  const document = { type: 'INVOICE', seller: SUPPLIER, number: 'ＩＮＶ－１', issuedOn: '2026-11-20' } as const;
  expect(claimIdOf(document)).toBe(sha256(claimKey({ ...document, number: 'inv 1', issuedOn: '2026-01-01' })));
  expect(claimIdOf({ ...document, number: 'INV-2' })).not.toBe(claimIdOf(document));
});

it('computes no id of a claim from a date in another form, which would be another id', () => {
  const document = { type: 'INVOICE', seller: SUPPLIER, number: 'INV-1' } as const;
  for (const issuedOn of ['1.3.2027', '2027-3-1', '2027-02-30', ''])
    expect(codeOf(() => claimIdOf({ ...document, issuedOn }), true)).toEqual(['DATE_MALFORMED', { path: 'issuedOn' }]);
});

describe('seedOf', () => {
  const [secret, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  it('is the same for the same call, and 32 bytes', () => {
    expect(seedOf(secret, 'a {}', 'h')).toEqual(seedOf(secret, 'a {}', 'h'));
    expect(seedOf(secret, 'a {}', 'h')).toHaveLength(32);
  });

  it('is another for another journal, request or content', () => {
    const seeds = [
      seedOf(secret, 'a {}', 'h'),
      seedOf(other, 'a {}', 'h'),
      seedOf(secret, 'b {}', 'h'),
      seedOf(secret, 'a {}', 'i'),
    ];
    expect(new Set(seeds.map((seed) => Buffer.from(seed).toString('hex'))).size).toBe(4);
  });
});
