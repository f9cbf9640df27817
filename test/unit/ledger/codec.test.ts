/** Bytes of records: salts, hashes, and decoders that take nothing they do not know. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  decodeBookRecord,
  decodePublicRecord,
  encodeRecord,
  saltOf,
  sha256,
} from '../../../chaincode/src/ledger/codec.js';
import { codeOf } from '../protocol/support.js';
import { CLAIM, FACE, HASH, idOf, LINE, SLICE, TODAY } from '../../commands/support/facts.js';

const SEED = Buffer.alloc(32, 7);

describe('saltOf', () => {
  it('is the HMAC-SHA-256 of the key under the seed (RFC 4231, case 2)', () => {
    expect(saltOf(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    expect(saltOf(SEED, 'slice/abc')).toBe(createHmac('sha256', SEED).update('slice/abc').digest('hex'));
  });

  it('is another for every key and every seed', () => {
    const salts = [
      saltOf(SEED, 'slice/a'),
      saltOf(SEED, 'slice/b'),
      saltOf(SEED, 'line/a'),
      saltOf(Buffer.alloc(32, 8), 'slice/a'),
    ];
    expect(new Set(salts).size).toBe(4);
  });
});

describe('sha256', () => {
  it('hashes text as UTF-8, and bytes as they are', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('凭证')).toBe(sha256(Buffer.from('凭证', 'utf8')));
  });
});

describe('decodeBookRecord', () => {
  it('takes what was encoded', () => {
    expect(decodeBookRecord('line', encodeRecord(LINE.record))).toEqual(LINE.record);
  });

  const spoiled = (changes: object): string => JSON.stringify({ ...LINE.record, ...changes });
  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a field too many', spoiled({ extra: 1 })],
    ['a field too few', spoiled({ salt: undefined })],
    ['another kind', encodeRecord(SLICE.record)],
    ['another version of the schema', spoiled({ schema: 'tenor.line/2' })],
    ['an amount as a number', spoiled({ limit: 1000 })],
    ['an amount of zero', spoiled({ limit: '0' })],
    ['a salt of another length', spoiled({ salt: 'ab' })],
    ['a hidden field', encodeRecord(LINE.record).replace('{', '{"__proto__":{},')],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeBookRecord('line', text), true)).toEqual(['OPENING_MALFORMED', { kind: 'line' }]);
  });

  it('takes a used-up line and a ticket with any payload', () => {
    const ticket = {
      ...{
        schema: 'tenor.ticket/1',
        id: idOf('bank', 'bank', 'ticket'),
        party: LINE.record.bank,
        command: 'line:open',
      },
      ...{ payload: '\u0000', maker: HASH, expiresOn: TODAY, salt: HASH },
    };
    expect(codeOf(() => decodeBookRecord('line', spoiled({ utilised: '1000' })))).toHaveProperty('answered');
    expect(codeOf(() => decodeBookRecord('ticket', encodeRecord(ticket)))).toHaveProperty('answered');
  });
});

describe('decodePublicRecord', () => {
  it('takes what this chaincode wrote, and meets anything else as a broken invariant', () => {
    const stored = '{"calendar":"CN","date":"2026-11-23","keepers":[],"schema":"tenor.businessDate/1","version":1}';
    expect(decodePublicRecord('businessDate', stored).date).toBe('2026-11-23');
    expect(() => decodePublicRecord('businessDate', stored.replace('}', ',"x":1}'))).toThrow();
    expect(() => decodePublicRecord('businessDate', '{')).toThrow();
  });
});

it('takes no list in an opening that is longer than any command writes', () => {
  const claims = (count: number): string =>
    encodeRecord({ ...FACE.record, claims: Array.from({ length: count }, () => ({ claimId: CLAIM.id, amount: '1' })) });
  expect(codeOf(() => decodeBookRecord('face', claims(20)))).toHaveProperty('answered');
  expect(codeOf(() => decodeBookRecord('face', claims(21)))).toBe('OPENING_MALFORMED');
});
