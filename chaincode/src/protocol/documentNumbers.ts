/**
 * What makes two spellings of a document's number one number. People type a number again with other dashes, blanks, brackets, widths and
 * cases, and a letter of another script looks the same. All tables are written out here, because the two peers that endorse a claim must
 * agree, and each has the Unicode version of its own Node. See docs/decisions/0023-one-number-one-document.md.
 */

import { canonicalJson } from './canonical.js';

/** Code points from the first to the last of each pair. */
type Ranges = readonly (readonly [number, number])[];

const isOf = (ranges: Ranges, letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0;
  return ranges.some(([from, to]) => from <= code && code <= to);
};

/**
 * What may be typed at all: blocks whose characters have all been in Unicode for long. A character of any other block is refused, since
 * dropping it would make two numbers one, and keeping it would make one number two.
 */
const TYPED: Ranges = [
  [0x0, 0x24f],
  [0x2b0, 0x52f],
  [0x61c, 0x61c],
  [0x1100, 0x11ff],
  [0x180b, 0x180f],
  [0x1e00, 0x2bff],
  [0x3000, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe00, 0xfe6f],
  [0xfeff, 0xfffd],
  [0xe0100, 0xe01ef],
];

/** What shows nothing, so that nobody sees whether it is there. */
const UNSEEN: Ranges = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0100, 0xe01ef],
];

/** Letters and digits, in capitals: Latin, Greek, Cyrillic, Japanese, Chinese, Korean. */
const KEPT: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0xc0, 0xd6],
  [0xd8, 0xde],
  [0x100, 0x24f],
  [0x386, 0x386],
  [0x388, 0x3f5],
  [0x3f7, 0x481],
  [0x48a, 0x52f],
  [0x1e00, 0x1fbb],
  [0x3005, 0x3007],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x30fc, 0x30fc],
  [0x3105, 0x312f],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
];

/** Blanks, dashes, brackets, dots, quotes, strokes and signs, that are typed in many ways. */
const SEPARATING: Ranges = [
  [0x0, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0xbf],
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x2b0, 0x2ff],
  [0x374, 0x375],
  [0x37e, 0x37e],
  [0x384, 0x385],
  [0x387, 0x387],
  [0x3f6, 0x3f6],
  [0x482, 0x482],
  [0x2000, 0x2bff],
  [0x3000, 0x3004],
  [0x3008, 0x3020],
  [0x3030, 0x3030],
  [0x30a0, 0x30a0],
  [0x30fb, 0x30fb],
  [0xfe10, 0xfe6f],
  [0xff00, 0xff0f],
  [0xfffc, 0xfffd],
];

/** Capitals of Cyrillic and Greek that look like Latin ones (Unicode Technical Standard 39, confusables), each before its likeness. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  [
    'АA',
    'ВB',
    'СC',
    'ԀD',
    'ЕE',
    'ԌG',
    'НH',
    'ҺH',
    'ІI',
    'ӀI',
    'ЈJ',
    'КK',
    'МM',
    'ОO',
    'РP',
    'ԚQ',
    'ЅS',
    'ТT',
    'ѴV',
    'УY',
    'ҮY',
    'ХX',
    'ԜW',
    'ΑA',
    'ΒB',
    'ΕE',
    'ϜF',
    'ΖZ',
    'ΗH',
    'ΙI',
    'ΚK',
    'ΜM',
    'ϺM',
    'ΝN',
    'ΟO',
    'ΡP',
    'ΤT',
    'ΥY',
    'ΧX',
    'ϹC',
    'ͿJ',
  ].map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)]),
);

/** Compatibility forms and case taken away. It is composed again at the end, because capitals may form new compositions. */
const folded = (text: string): string => text.normalize('NFKC').toUpperCase().normalize('NFKC');

/**
 * A document number without the things that people vary when they type it again. Between two groups of digits one dash stays, whatever
 * stood there: number 1 of November is not number 11 of January. Leading zeros stay.
 * @returns an empty text for what is no number: without a letter or digit, or with a character that is not in the tables
 */
export function normalisedNumber(number: string): string {
  if (!Array.from(number).every((letter) => isOf(TYPED, letter))) return '';
  const seen = Array.from(folded(number), (typed) => LOOK_ALIKES.get(typed) ?? typed).filter(
    (letter) => !isOf(UNSEEN, letter),
  );
  if (!seen.every((letter) => isOf(KEPT, letter) || isOf(SEPARATING, letter))) return '';
  const dashed = seen.map((letter) => (isOf(KEPT, letter) ? letter : '-')).join('');
  return dashed.replace(/-+/g, '-').replace(/(?<![0-9])-|-(?![0-9])/g, '');
}

/** The text whose SHA-256 is the id of the mark that a file was taken. */
export const paperKey = (document: { readonly documentHash: string; readonly seller: string }): string =>
  canonicalJson({ documentHash: document.documentHash, seller: document.seller });

/**
 * The text whose SHA-256 is the id of the claim of a document. Everybody who has the document computes the same id, so a second claim is
 * noticed. The year of issue belongs to it, because many sellers begin their numbers anew each year.
 * @param document with `issuedOn` as `YYYY-MM-DD`
 */
export const claimKey = (document: {
  readonly type: string;
  readonly seller: string;
  readonly number: string;
  readonly issuedOn: string;
}): string =>
  canonicalJson({
    number: normalisedNumber(document.number),
    seller: document.seller,
    type: document.type,
    year: document.issuedOn.slice(0, 4),
  });
