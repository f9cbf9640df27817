/** Ids of records, parties, payments and documents. The checks are computed here a second time, in another way. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  drawerOf,
  ID_PATTERN,
  isEndToEndId,
  isLei,
  isPartyId,
  isUsci,
  MSP_PATTERN,
  RANDOM_PATTERN,
  registerOf,
  UETR_PATTERN,
} from '../../../chaincode/src/protocol/identifiers.js';

const LEIS = ['HWUPKR0MPOU8FGXBT394', '213800YOEO5OQ72G2R82', '529900X2VMAQT2PE0V24', '5493002ERZU2K9PZDL40'];
/** Published registration numbers of well-known companies. */
const USCIS = [
  '91330100799655058B',
  '9144030071526726XG',
  '914403001922038216',
  '91110000802100433B',
  '91310000132200821H',
];
const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const altered = (text: string, alphabet: string): string[] =>
  Array.from(text).flatMap((old, at) =>
    Array.from(alphabet)
      .filter((letter) => letter !== old)
      .map((letter) => text.slice(0, at) + letter + text.slice(at + 1)),
  );

describe('LEI', () => {
  it.each(LEIS)('%s is valid', (lei) => {
    expect([isLei(lei), isPartyId(lei)]).toEqual([true, true]);
  });

  // They meet the modulus beside the true check digits, so that one company would be two parties (ISO 7064, section 7).
  it.each(['DEMO00ANSTEELTRADE01', '529900T8BM49AURSD000', '529900T8BM49AURSD099'])(
    '%s has check digits that are never given',
    (lei) => {
      expect(isLei(lei)).toBe(false);
    },
  );

  it.each(LEIS)('%s with one digit or one letter changed is not', (lei) => {
    const sameKind = altered(lei, DIGITS + LETTERS).filter((text) => {
      const at = Array.from(text).findIndex((letter, index) => letter !== lei[index]);
      return /[0-9]/.test(text.charAt(at)) === /[0-9]/.test(lei.charAt(at));
    });
    expect(sameKind.filter(isLei)).toEqual([]);
  });

  // A letter counts as two digits in ISO 17442, so a digit for a letter shifts the number: 12 of the 2800 such changes meet the
  // modulus by chance. That is the standard's own limit, and pinned here so that nobody takes the check for more than it is.
  it('lets through only those changes of a digit into a letter, or back, that meet the modulus by chance', () => {
    const through = LEIS.flatMap((lei) => altered(lei, DIGITS + LETTERS).filter(isLei));
    expect(through).toHaveLength(12);
    const modulus = (text: string): bigint =>
      BigInt(
        Array.from(text)
          .map((letter) => Number.parseInt(letter, 36))
          .join(''),
      ) % 97n;
    expect(through.map(modulus)).toEqual(through.map(() => 1n));
  });

  it('agrees with the whole number modulo 97 for any eighteen letters and digits', () => {
    const body = fc.string({ unit: fc.constantFrom(...Array.from(DIGITS + LETTERS)), minLength: 18, maxLength: 18 });
    fc.assert(
      fc.property(body, fc.integer({ min: 2, max: 98 }), (text, check) => {
        const lei = text + String(check).padStart(2, '0');
        const whole = BigInt(
          Array.from(lei)
            .map((letter) => Number.parseInt(letter, 36))
            .join(''),
        );
        expect(isLei(lei)).toBe(whole % 97n === 1n);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it.each([
    '',
    'HWUPKR0MPOU8FGXBT39',
    'HWUPKR0MPOU8FGXBT3940',
    'hwupkr0mpou8fgxbt394',
    'HWUPKR0MPOU8FGXBT394\n',
    ' HWUPKR0MPOU8FGXBT394',
  ])('refuses %j', (text) => {
    expect(isPartyId(text)).toBe(false);
  });
});

describe('USCI', () => {
  const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

  it.each(USCIS)('%s is valid', (usci) => {
    expect([isUsci(usci), isPartyId(usci)]).toEqual([true, true]);
  });

  it.each(USCIS)('%s with any one character changed is not', (usci) => {
    expect(altered(usci, DIGITS + LETTERS).filter(isUsci)).toEqual([]);
  });

  it.each(USCIS)('%s with two neighbours swapped is not', (usci) => {
    const swapped = Array.from(
      { length: 17 },
      (_, at) => usci.slice(0, at) + usci.charAt(at + 1) + usci.charAt(at) + usci.slice(at + 2),
    );
    expect(swapped.filter((text) => text !== usci && isUsci(text))).toEqual([]);
  });

  it('agrees with the weights printed in GB 32100 for any seventeen characters', () => {
    const body = fc.string({ unit: fc.constantFrom(...Array.from(ALPHABET)), minLength: 17, maxLength: 17 });
    fc.assert(
      fc.property(body, (text) => {
        const sum = Array.from(text).reduce(
          (total, letter, index) => total + ALPHABET.indexOf(letter) * (WEIGHTS[index] ?? 0),
          0,
        );
        const valid = Array.from(ALPHABET).filter((check) => isUsci(text + check));
        expect(valid).toEqual([ALPHABET[(31 - (sum % 31)) % 31]]);
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });

  it.each([
    '91330100799655058b',
    '9133010079965505',
    '91330100799655058BB',
    'I1330100799655058B',
    '91330100799655058B\n',
  ])('refuses %j', (text) => {
    expect(isPartyId(text)).toBe(false);
  });
});

describe('references', () => {
  it.each(['A'.repeat(16), 'a'.repeat(64), 'abcDEF012345-_67'])('takes %s', (id) => {
    expect(RANDOM_PATTERN.test(id)).toBe(true);
  });

  it.each([
    '',
    'A'.repeat(15),
    'A'.repeat(65),
    `${'A'.repeat(16)}/B`,
    `${'A'.repeat(16)}\u0000`,
    `${'A'.repeat(16)}\n`,
    `${'A'.repeat(16)} `,
    `${'A'.repeat(15)}é`,
    `${'A'.repeat(16)}~x`,
  ])('refuses %j', (id) => {
    expect(RANDOM_PATTERN.test(id)).toBe(false);
  });
});

describe('record ids', () => {
  it.each([
    ['BankMSP~IssuerMSP~abcDEF012345-_67', 'BankMSP', 'IssuerMSP'],
    [`a.b-1~${'M'.repeat(64)}~${'a'.repeat(64)}`, 'a.b-1', 'M'.repeat(64)],
  ])('%s names register and drawer', (id, register, drawer) => {
    expect([ID_PATTERN.test(id), registerOf(id), drawerOf(id)]).toEqual([true, register, drawer]);
  });

  // All other forms are refused by the schema of every field: definitions.test.ts.
  it('know no other form: a reference alone is none', () => {
    expect(ID_PATTERN.test('abcDEF012345-_67')).toBe(false);
  });
});

describe('UETR', () => {
  it('takes a UUID version 4 in lower case', () => {
    expect(UETR_PATTERN.test('97ed4827-7b6f-4491-a06f-b548d5a7512d')).toBe(true);
  });

  it.each([
    '97ED4827-7B6F-4491-A06F-B548D5A7512D',
    '97ed4827-7b6f-1491-a06f-b548d5a7512d',
    '97ed4827-7b6f-4491-c06f-b548d5a7512d',
    '97ed48277b6f4491a06fb548d5a7512d',
    '97ed4827-7b6f-4491-a06f-b548d5a7512d\n',
    '{97ed4827-7b6f-4491-a06f-b548d5a7512d}',
  ])('refuses %j', (text) => {
    expect(UETR_PATTERN.test(text)).toBe(false);
  });
});

describe('end-to-end references', () => {
  it.each(['1', 'RT-2027/0042', 'A'.repeat(35), "INV 17: Rio's (part 1+2)?, a.b", 'rf18 5390 0754 7034'])(
    'takes %j',
    (text) => {
      expect(isEndToEndId(text)).toBe(true);
    },
  );

  it.each([
    ...[
      '',
      ' ',
      'A'.repeat(36),
      ' RT',
      'RT ',
      '/RT',
      'RT/',
      'RT//1',
      'RT_1',
      'RT\n',
      'RT\u00a01',
      '力拓',
      'É1',
      'RT&1',
    ],
    ...['NOTPROVIDED', 'NotProvided', 'nonref'],
  ])('refuses %j', (text) => {
    expect(isEndToEndId(text)).toBe(false);
  });
});

it.each([
  ['Org1MSP', true],
  ['a.b-c', true],
  ['', false],
  ['Org1 MSP', false],
  ['Org1/MSP', false],
  ["Org1.peer')", false],
  ['A'.repeat(65), false],
])('MSP id %j: %p', (mspId, valid) => {
  expect(MSP_PATTERN.test(mspId)).toBe(valid);
});
