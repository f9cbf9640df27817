/** Forms of single values: text, codes, dates, identifiers and money. What is written is first read back, by the readers' own rules. */
import { CURRENCIES } from '../../../chaincode/src/protocol/currencies.js';
import { decimalOf, exponentOf } from '../../../chaincode/src/protocol/money.js';
import { DocumentError } from '../documents/documentError.js';
import { countOf } from '../documents/iso20022.js';
import {
  amountOf,
  booleanOf,
  dateOf,
  dateOfChoice,
  instantOf,
  leiOf,
  uetrOf,
  type DocumentAmount,
} from '../documents/values.js';
import { XmlElement } from '../documents/xml.js';
import type { Field, Form } from './form.js';
import { MessageError } from './messageError.js';

/** Money as the ledger takes it: minor units as digits, for example `{ minor: '3400000000', currency: 'USD' }` for 34,000,000.00 US dollars. */
export interface Money {
  readonly minor: string;
  /** ISO 4217. */
  readonly currency: string;
}

const invalid = (path: string, expected: string): MessageError =>
  new MessageError('MESSAGE_FIELD_INVALID', { path, expected });

/** What readers would change or refuse: blanks at an end, line breaks and other controls, and what is no character. */
const NOT_AS_WRITTEN = /^\s|\s$|[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

/** A text that is read by `read`. It is written only where reading gives it back. */
const leaf = (read: (element: XmlElement) => string, expected: string): Form<string, string> => ({
  read,
  write(text, path) {
    if (typeof text !== 'string') throw invalid(path, expected);
    if (NOT_AS_WRITTEN.test(text))
      throw invalid(path, 'text without blanks at its ends, line breaks and other control characters');
    const content = { namespace: '', name: '', attributes: new Map<string, string>(), children: [], text };
    try {
      if (read(new XmlElement(content, path, { root: '', namespaces: {} })) === text) return { text };
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
    }
    throw invalid(path, expected);
  },
});

const allowed = (isAllowed: (text: string) => boolean, expected: string): Form<string, string> =>
  leaf((element) => {
    const text = element.text();
    if (isAllowed(text)) return text;
    throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: element.path, expected });
  }, expected);

/** Text of at most so many characters. */
export const text = (length: number): Form<string, string> =>
  allowed((value) => Array.from(value).length <= length, `text of 1 to ${String(length)} characters`);

const matching = (pattern: RegExp, expected: string): Form<string, string> =>
  allowed((value) => pattern.test(value), expected);

/** One of a few codes. */
export function oneOf<const Code extends string>(codes: readonly Code[]): Form<Code, Code> {
  const form = allowed((value) => codes.some((code) => code === value), `one of ${codes.join(', ')}`);
  return { write: form.write, read: (element, unread) => form.read(element, unread) as Code };
}

export const bic = matching(/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/, 'a BIC of 8 or 11 characters');
/** ISO 4217. */
export const currency = allowed((value) => CURRENCIES.has(value), 'a currency of ISO 4217');
export const country = matching(/^[A-Z]{2}$/, 'a country of two letters, ISO 3166');
export const definition = matching(/^[a-z]{4}\.\d{3}\.\d{3}\.\d{2}$/, 'a message with its version, as pacs.008.001.08');
/** At most 11 digits, of which 10 may be decimals. */
export const rate = matching(/^(?=[\d.]{1,12}$)(?!\d{12})\d{1,11}(?:\.\d{1,10})?$/, 'a rate of at most 11 digits');
export const lei = leaf(leiOf, 'an LEI whose check digits agree (ISO 17442)');
export const uetr = leaf(uetrOf, 'a UUID of version 4 in lower case');
export const date = leaf(dateOf, 'a date that exists, YYYY-MM-DD');
export const instant = leaf(instantOf, 'an ISO 8601 date and time');

/** A date, in the choice of ISO 20022 between a date and an instant. Of an instant, the date is read. */
export const dateOfEither: Form<string, string> = {
  write: (value, path) => [{ name: 'Dt', inside: date.write(value, `${path}/Dt`) }],
  read: dateOfChoice,
};

/** Yes or no. */
export const yesOrNo: Form<boolean, boolean> = {
  write(value, path) {
    if (typeof value !== 'boolean') throw invalid(path, 'true or false');
    return { text: String(value) };
  },
  read: booleanOf,
};

const DIGITS_MAX = 18;

function decimalsOf(currency: string, path: string): number {
  try {
    return exponentOf(currency);
  } catch {
    throw invalid(`${path}/@Ccy`, 'a currency of ISO 4217');
  }
}

const moneyFrom = (least: 0 | 1): Form<Money, DocumentAmount> => ({
  write(value, path) {
    const { minor, currency } = value;
    decimalsOf(currency, path);
    const isDigits = typeof minor === 'string' && /^(?:0|[1-9][0-9]*)$/.test(minor) && minor.length <= DIGITS_MAX;
    if (!isDigits || Number(minor) < least)
      throw invalid(path, `minor units: digits${least === 1 ? ' above zero' : ''}, at most ${String(DIGITS_MAX)}`);
    return { text: decimalOf(minor, currency), attributes: { Ccy: currency } };
  },
  read: (element) => amountOf(element, 'Ccy'),
});

/** An amount above zero. */
export const money = moneyFrom(1);
/** An amount that may be zero. */
export const moneyOrZero = moneyFrom(0);

/** The number of payments of a message, which is counted and not given. A message that counts wrong is refused. */
export const counted = (path: string, number: (whole: never) => number): Field<never, never, 'derived'> => ({
  kind: 'derived',
  path,
  write: (whole) => [{ text: String(number(whole)) }],
  read: () => undefined,
  check(parent, whole) {
    const said = parent.optional(path);
    if (said === undefined || countOf(said) === number(whole)) return;
    throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: said.path, expected: 'the number of payments listed' });
  },
});

/** An exact sum: units of 10 to the power of minus 17, the most decimals of a sum in ISO 20022. */
const SUM_DECIMALS = 17;

function unitsOf(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(SUM_DECIMALS, '0'));
}

const decimalIn = ({ minor, currency }: Money): string => decimalOf(minor, currency);

const sumOf = (amounts: readonly (Money | DocumentAmount)[]): bigint =>
  amounts.reduce((sum, amount) => sum + unitsOf('amount' in amount ? amount.amount : decimalIn(amount)), 0n);

/** The number of units as a decimal without needless zeros. */
const decimalOfUnits = (units: bigint): string => {
  const digits = units.toString().padStart(SUM_DECIMALS + 1, '0');
  return `${digits.slice(0, -SUM_DECIMALS)}.${digits.slice(-SUM_DECIMALS)}`.replace(/\.?0+$/, '');
};

/** The sum of all amounts, whatever their currencies. A message whose amounts add up to another sum is refused. */
const sum = (
  path: string,
  isWritten: boolean,
  amounts: (whole: never) => readonly (Money | DocumentAmount)[],
): Field<never, never, 'derived'> => ({
  kind: 'derived',
  path,
  write: (whole, place) => {
    if (!isWritten) return [];
    const text = decimalOfUnits(sumOf(amounts(whole)));
    if (text.replace('.', '').length > DIGITS_MAX) throw invalid(place, 'amounts whose sum has at most 18 digits');
    return [{ text }];
  },
  read: () => undefined,
  check(parent, whole) {
    const said = parent.optional(path);
    if (said === undefined) return;
    const decimal = /^\d{1,18}(?:\.\d{1,17})?$/.exec(said.text())?.[0];
    if (decimal !== undefined && unitsOf(decimal) === sumOf(amounts(whole))) return;
    throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: said.path, expected: 'the sum of the amounts' });
  },
});

/** The sum, written and checked. */
export const summed = (
  path: string,
  amounts: (whole: never) => readonly (Money | DocumentAmount)[],
): Field<never, never, 'derived'> => sum(path, true, amounts);

/** The sum where somebody else has written it: between banks it is left out (CBPR+), and checked where it is there. */
export const sumChecked = (
  path: string,
  amounts: (whole: never) => readonly DocumentAmount[],
): Field<never, never, 'derived'> => sum(path, false, amounts);

/** A whole number of so many digits at most. */
export const count = (digits: number): Form<number, number> => ({
  write(value, path) {
    if (!Number.isSafeInteger(value) || value < 0 || String(value).length > digits)
      throw invalid(path, `a whole number of at most ${String(digits)} digits`);
    return { text: String(value) };
  },
  read: countOf,
});
