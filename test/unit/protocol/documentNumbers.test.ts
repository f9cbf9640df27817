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

  it('is one for every spelling of one number', () => {
    const spelled = fc.tuple(groups, fc.array(separator, { minLength: 4, maxLength: 4 }), unseen, fc.boolean());
    fc.assert(
      fc.property(spelled, ([parts, between, hidden, small]) => {
        const typed = parts.map((part, index) => (index === 0 ? part : `${between[index] ?? ''}${part}`)).join('');
        const plain = normalisedNumber(parts.join('-'));
        const varied = Array.from(small ? typed.toLowerCase() : typed).join(hidden);
        expect(normalisedNumber(varied.normalize('NFKD'))).toBe(plain);
        expect(normalisedNumber(`${hidden} ${varied}.`)).toBe(plain);
      }),
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
