/** Names of books and keys: a change of one would lose every record. */
import { expect, it } from '@jest/globals';
import { bookKey, bookOf, FOUNDING_ID, operatorId, publicKey } from '../../../chaincode/src/ledger/keys.js';

it('names books and keys as they are stored', () => {
  expect(bookOf('BankMSP')).toBe('_implicit_org_BankMSP');
  expect(bookKey('slice', 'abc')).toBe('slice/abc');
  expect(bookKey('founding', FOUNDING_ID)).toBe('founding/channel');
  expect(publicKey('banks', undefined)).toBe('banks');
  expect(publicKey('party', 'X')).toBe('party/X');
  expect(publicKey('operator', operatorId('BankMSP', 'ab'))).toBe('operator/BankMSP/ab');
});
