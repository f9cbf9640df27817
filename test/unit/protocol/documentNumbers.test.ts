/** Document numbers: what people vary when they type one again makes no second number, and what tells two numbers apart stays. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimIdOf } from '../../../client/src/ids.js';
import { normalisedNumber } from '../../../chaincode/src/protocol/documentNumbers.js';
import { zDocumentNumber } from '../../../chaincode/src/protocol/schemas.js';

/** Pairs of numbers, and whether they are one. Where the collected pairs leave it open, docs/decisions/0023 decides. */
const PAIRS = readFileSync(path.resolve(__dirname, '../../fixtures/inputs/numbers.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split('\t') as [one: string, other: string, want: string, why: string]);
/** Leading zeros tell numbers apart; a letter that looks like a Latin one does not. */
const DECIDED: Readonly<Record<string, 'same' | 'different'>> = {
  '01234-00000001': 'different',
  'EVENT-00005': 'different',
  'АВ-12': 'same',
};

/**
 * Numbers of the public samples of invoices: ConnectingEurope/eInvoicing-EN16931, OpenPEPPOL/peppol-bis-invoice-3, and the shapes of the
 * Chinese invoice. Each is another document.
 */
const SAMPLES = [
  ...[
    'TOSL108',
    'TOSL110',
    '061828591|01/10/2020|0|1.1|0|1',
    'Vat-Z',
    'Vat-O',
    'Snippet1',
    '12115118',
    'test decimal 1',
  ],
  ...['2018210', '1316/85', '1100512149', '2007-99123', '2018038', '2018-112', '743617', '20180112', '82202787022'],
  ...['1234567', '800018', '31208027214', '1002420', '7023708', '2018140', 'ABC123', '912345', '321123', '8220278'],
  ...['2018133', '08/00355', '306188194', '2016166', 'INV000013', 'RTIO-2026-11-0417', 'RTIO-2026-11-0418'],
  ...['26312000000000000418', '26312000000000000419', '011001900311-21010038', '011001900311-21010039'],
  ...['011001900312-21010038', '发票-2026-417', '沪税字〔2026〕12号', 'SOC-PWL-YIK-2611', 'SOC-PWL-YIK-2612'],
];

describe('normalisedNumber', () => {
  it.each([
    ['INV-2026/001', 'INV2026-001'],
    ['inv 2026 001', 'INV2026-001'],
    ['ＩＮＶ－２０２６／００１', 'INV2026-001'],
    ['INV\u00a02026\u2013001', 'INV2026-001'],
    ['INV\u30002026_001', 'INV2026-001'],
    ['INV\u200b2026\u2060001', 'INV2026001'],
    ['INV\u00ad2026\ufeff001', 'INV2026001'],
    ['\tInv.2026:001\n', 'INV2026-001'],
    ['(INV) [2026] {001}', 'INV2026-001'],
    ['№ 12', 'NO12'],
    ['发票-12', '发票12'],
    ['京财〔2026〕12号', '京财2026-12号'],
    ['I\u0130\u0131', 'IİI'],
    ['ԌѴϜϺ-12', 'GVFM12'],
  ])('%j becomes %s', (number, normal) => {
    expect(normalisedNumber(number)).toBe(normal);
  });

  it.each([
    ['发票12', '提单12'],
    ['INV1', 'INV11'],
    ['INV-12', 'INV-21'],
    ['Ä1', 'A1'],
    ['1-23', '12-3'],
  ])('%s and %s stay two numbers', (one, other) => {
    expect(normalisedNumber(one)).not.toBe(normalisedNumber(other));
  });

  it.each(PAIRS)('%s and %s are as collected: %s (%s)', (one, other, want) => {
    const [first, second] = [normalisedNumber(one), normalisedNumber(other)];
    expect([first, second]).not.toContain('');
    const wanted = want === 'to decide' ? DECIDED[one] : want;
    expect(first === second ? 'same' : 'different').toBe(wanted);
  });

  // Nothing is left of some; of the others a part would be dropped, or would depend on the Unicode version of whoever looks.
  it.each(['', ' ', '---', '#', '\u3164', 'INV😀1', 'INV\u{1d400}1', 'ա1', 'INV\u03011', '\u11001'])(
    '%j is no number',
    (number) => {
      expect(normalisedNumber(number)).toBe('');
      expect(zDocumentNumber.safeParse(number).success).toBe(false);
      expect(() => claimIdOf({ type: 'INVOICE', seller: 'X', number, issuedOn: '2026-11-20' })).toThrow(
        /REQUEST_MALFORMED/,
      );
    },
  );

  const letters = fc.constantFrom(...'ABXYZ0123456789ÄЖ京'.split(''));
  const groups = fc.array(
    fc.array(letters, { minLength: 1, maxLength: 5 }).map((each) => each.join('')),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  const separator = fc.constantFrom('-', ' ', '/', '.', '−', '·', '〔', '」', '\u00a0', ' - ', '＿', '–\u200b');
  const unseen = fc.constantFrom('', '\u200b', '\ufe0f', '\u2800', '\u00ad', '\u3164');

  /** Ways in which somebody types a number again: its separators, its case, its width, what nobody sees, and what stands around it. */
  const spellings = fc.record({
    between: fc.array(separator, { minLength: 8, maxLength: 8 }),
    hidden: unseen,
    letters: fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toLowerCase(),
      (text: string) => text.normalize('NFKD'),
      (text: string) => text.replace(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
      (text: string) => text.replaceAll('A', 'А').replaceAll('P', 'Р').replaceAll('O', 'Ο'),
    ),
    around: fc.constantFrom(['', ''], [' ', '\n'], ['(', ')'], ['「', '」'], ['', '.'], ['\u200b', '\ufeff']),
  });
  const spell = (number: string, how: typeof spellings extends fc.Arbitrary<infer How> ? How : never): string => {
    let index = 0;
    const separated = number.replace(/[-/|. 〔〕]+/g, () => how.between[index++ % how.between.length] ?? '-');
    const [before = '', after = ''] = how.around;
    return before + how.letters(Array.from(separated).join(how.hidden)) + after;
  };

  it('is one for every spelling of one number', () => {
    const written = fc.oneof(
      groups.map((parts) => parts.join('-')),
      fc.constantFrom(...SAMPLES),
    );
    fc.assert(
      fc.property(written, spellings, spellings, (number, one, other) => {
        const normal = normalisedNumber(number);
        expect(normal).not.toBe('');
        expect(normalisedNumber(spell(number, one))).toBe(normal);
        expect(normalisedNumber(spell(number, other))).toBe(normal);
      }),
      { seed: 20261128, numRuns: 3000 },
    );
  });

  it('is another one for every document of the public samples, however both are spelled', () => {
    expect(new Set(SAMPLES.map(normalisedNumber)).size).toBe(SAMPLES.length);
    const two = fc.uniqueArray(fc.constantFrom(...SAMPLES), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(two, spellings, spellings, ([first = '', second = ''], one, other) => {
        expect(normalisedNumber(spell(first, one))).not.toBe(normalisedNumber(spell(second, other)));
      }),
      { seed: 20261128, numRuns: 3000 },
    );
  });

  it('is another one where a letter or a digit is another one', () => {
    fc.assert(
      fc.property(groups, letters, fc.nat(), (parts, letter, at) => {
        const number = parts.join('-');
        const place = at % number.length;
        const changed = number.slice(0, place) + letter + number.slice(place + 1);
        fc.pre(changed !== number && number[place] !== '-');
        expect(normalisedNumber(changed)).not.toBe(normalisedNumber(number));
      }),
    );
  });

  it('is its own normal form, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (number) => {
        const normal = normalisedNumber(number);
        fc.pre(normal !== '');
        expect(normalisedNumber(normal)).toBe(normal);
        expect(normalisedNumber(number.toUpperCase())).toBe(normal);
      }),
      { seed: 20261123, numRuns: 2000 },
    );
  });
});
