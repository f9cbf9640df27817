/** Names of books and keys: a change of one would lose every record, and a key that reads two ways would mix the shelves. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bookOf,
  FOUNDING_ID,
  openingName,
  operatorId,
  ownKey,
  placeOf,
  publicKey,
  shelvesOf,
  shownKey,
} from '../../../chaincode/src/ledger/keys.js';

const ID = 'BankMSP~SupplierMSP~abcdefghijklmnop';

it('names books and keys as they are stored', () => {
  expect(bookOf('BankMSP')).toBe('_implicit_org_BankMSP');
  expect(ownKey('slice', ID)).toBe(`own/slice/${ID}`);
  expect(shownKey('BankMSP', 'slice', ID)).toBe(`shown/slice/BankMSP/${ID}`);
  expect(ownKey('founding', FOUNDING_ID)).toBe('own/founding/channel');
  expect(openingName('slice', ID)).toBe(`slice/${ID}`);
  expect(publicKey('banks', undefined)).toBe('banks');
  expect(publicKey('party', 'X')).toBe('party/X');
  expect(publicKey('operator', operatorId('BankMSP', 'ab'))).toBe('operator/BankMSP/ab');
});

describe('the place that a key names', () => {
  it('is on the own shelf, or among what another register has shown', () => {
    expect(placeOf(ownKey('slice', ID))).toEqual({ register: undefined, id: ID });
    expect(placeOf(shownKey('BankMSP', 'slice', ID))).toEqual({ register: 'BankMSP', id: ID });
  });

  it('is found again for any kind, register and id that holds no slash', () => {
    const text = fc.string().filter((each) => !each.includes('/'));
    fc.assert(
      fc.property(text, text, (register, id) => {
        expect(placeOf(ownKey('terms', id))).toEqual({ register: undefined, id });
        expect(placeOf(shownKey(register, 'terms', id))).toEqual({ register, id });
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it.each([
    '',
    'own',
    'own/slice',
    `own/slice/${ID}/`,
    `own/slice/BankMSP/${ID}`,
    'shown/slice',
    `shown/slice/${ID}`,
    `shown/slice/BankMSP/${ID}/more`,
    `mine/slice/${ID}`,
    `/own/slice/${ID}`,
    `OWN/slice/${ID}`,
    `slice/${ID}`,
  ])('is none for %j: this chaincode never wrote it', (key) => {
    expect(placeOf(key)).toBeUndefined();
  });
});

it('has a shelf of its own for every kind: none begins with the other, and copies come behind', () => {
  expect(shelvesOf('slice')).toEqual(['own/slice/', 'shown/slice/']);
  const keys = [ownKey('line', 'z'), ownKey('slice', 'a'), shownKey('A', 'line', 'a'), shownKey('A', 'slice', 'a')];
  expect([...keys].sort()).toEqual(keys);
});
