/** Values that documents share: money, dates, identifiers, accounts. Every amount stays text; nothing here makes a float. */
import { isDate, stepDay } from '../../../chaincode/src/protocol/dates.js';
import { normalisedNumber } from '../../../chaincode/src/protocol/documentNumbers.js';
import { isIban, isLei, UETR_PATTERN } from '../../../chaincode/src/protocol/identifiers.js';
import { decimalOf, exponentOf } from '../../../chaincode/src/protocol/money.js';
import { DocumentError } from './documentError.js';
import type { XmlElement } from './xml.js';

/** An amount in major units with exactly the decimals of its currency, for example `34000000.00` USD. */
export interface DocumentAmount {
  readonly amount: string;
  readonly currency: string;
}

/** An account as its bank names it. */
export interface Account {
  /** `IBAN` (ISO 13616, check digits verified) or `OTHER` (the bank's own number). */
  readonly scheme: 'IBAN' | 'OTHER';
  readonly id: string;
}

const invalid = (path: string, expected: string): DocumentError =>
  new DocumentError('DOCUMENT_FIELD_INVALID', { path, expected });

function decimalsOf(currency: string, path: string): number {
  try {
    return exponentOf(currency);
  } catch {
    throw invalid(path, 'a currency of ISO 4217');
  }
}

/**
 * A decimal as documents write it (`34000000`, `34000000.0`) as Tenor writes it (`34000000.00`). Never rounds:
 * more decimals than the currency has are refused unless they are zeros.
 * @throws DocumentError DOCUMENT_FIELD_INVALID
 */
export function decimalIn(text: string, currency: string, path: string): string {
  const decimals = decimalsOf(currency, path);
  const match = /^([0-9]{1,18})(?:\.([0-9]{1,5}))?$/.exec(text);
  const fraction = (match?.[2] ?? '').padEnd(decimals, '0');
  if (match?.[1] === undefined || /[1-9]/.test(fraction.slice(decimals))) {
    throw invalid(path, `a decimal without sign, of at most ${String(decimals)} decimals for ${currency}`);
  }
  return decimalOf(BigInt(match[1] + fraction.slice(0, decimals)), currency);
}

/** A number by which documents can be told apart; runs of white space in it are one space. @throws DocumentError DOCUMENT_FIELD_INVALID */
export function numberOf(element: XmlElement): string {
  const number = element.text().replace(/\s+/g, ' ');
  if (normalisedNumber(number) !== '') return number;
  throw invalid(
    element.path,
    'a number with a letter or a digit, in letters of Latin, Greek, Cyrillic, Chinese, Japanese or Korean',
  );
}

/** An amount element whose attribute names the currency (`Ccy` in ISO 20022, `currencyID` in UBL). @throws DocumentError */
export function amountOf(element: XmlElement, currencyAttribute: string): DocumentAmount {
  const path = `${element.path}/@${currencyAttribute}`;
  const currency = element.attribute(currencyAttribute);
  if (currency === undefined) throw new DocumentError('DOCUMENT_FIELD_MISSING', { path });
  decimalsOf(currency, path);
  return { amount: decimalIn(element.text(), currency, element.path), currency };
}

/** A time zone as XML Schema writes it (part 2, section 3.3.7). */
const ZONE = '(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?';
const DATE = new RegExp(`^([0-9]{4}-[0-9]{2}-[0-9]{2})${ZONE}$`);
/** Midnight may be written as the end of the day before. */
const INSTANT = new RegExp(
  `^([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?|(24):00:00(?:\\.0+)?)${ZONE}$`,
);

/** A civil date (xs:date), without the time zone that may stand behind it. @throws DocumentError DOCUMENT_FIELD_INVALID */
export function dateOf(element: XmlElement): string {
  const date = DATE.exec(element.text())?.[1];
  if (date === undefined || !isDate(date)) throw invalid(element.path, 'a date that exists, YYYY-MM-DD');
  return date;
}

/** An instant as it is written, ISO 8601. @throws DocumentError DOCUMENT_FIELD_INVALID */
export function instantOf(element: XmlElement): string {
  const text = element.text();
  const date = INSTANT.exec(text)?.[1];
  if (date === undefined || !isDate(date)) throw invalid(element.path, 'an ISO 8601 date and time');
  return text;
}

/** The civil date of an instant, as its bank wrote it. @throws DocumentError */
export function dateOfInstant(element: XmlElement): string {
  const [, date = '', endOfDay] = INSTANT.exec(instantOf(element)) ?? [];
  return endOfDay === undefined ? date : stepDay(date, 1);
}

/** The date of ISO 20022's choice between `Dt` and `DtTm`; of an instant, the date that its bank wrote. @throws DocumentError */
export function dateOfChoice(element: XmlElement): string {
  const instant = element.optional('DtTm');
  const date = element.optional('Dt');
  if (instant !== undefined && date !== undefined)
    throw new DocumentError('DOCUMENT_FIELD_REPEATED', { path: element.path });
  return instant === undefined ? dateOf(element.one('Dt')) : dateOfInstant(instant);
}

/** A civil date; from some version of a message on, the choice of a date and an instant. @throws DocumentError */
export const dateOrChoiceOf = (element: XmlElement): string =>
  element.isText ? dateOf(element) : dateOfChoice(element);

/** A UETR: a UUID of version 4 in lower case. @throws DocumentError DOCUMENT_FIELD_INVALID */
export function uetrOf(element: XmlElement): string {
  const text = element.text();
  if (!UETR_PATTERN.test(text)) throw invalid(element.path, 'a UUID of version 4 in lower case');
  return text;
}

/** A Legal Entity Identifier with valid check digits. @throws DocumentError DOCUMENT_FIELD_INVALID */
export function leiOf(element: XmlElement): string {
  const text = element.text();
  if (!isLei(text)) throw invalid(element.path, 'an LEI whose check digits agree (ISO 17442)');
  return text;
}

/**
 * The account in electronic form, as the ledger takes it: without the blanks, dashes, dots and slashes by which letters and some banks
 * group the digits.
 */
export const electronicAccount = ({ scheme, id }: Account): Account => ({
  scheme,
  id: id.replace(/[\s\u2010-\u2015./-]/g, ''),
});

/** The account in an element that holds `Id/IBAN` or `Id/Othr/Id`. @throws DocumentError */
export function accountOf(element: XmlElement): Account {
  const iban = element.optional('Id/IBAN');
  const other = element.optional('Id/Othr');
  if (iban !== undefined && other !== undefined)
    throw new DocumentError('DOCUMENT_FIELD_REPEATED', { path: `${element.path}/Id` });
  if (iban === undefined) return { scheme: 'OTHER', id: element.one('Id/Othr/Id').text() };
  const id = iban.text();
  if (!isIban(id)) throw invalid(iban.path, 'an IBAN without blanks whose check digits agree');
  return { scheme: 'IBAN', id };
}

/** Both spellings of xs:boolean. */
export const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** An xs:boolean. @throws DocumentError DOCUMENT_FIELD_INVALID */
export function booleanOf(element: XmlElement): boolean {
  const value = BOOLEANS.get(element.text());
  if (value === undefined) throw invalid(element.path, 'true or false');
  return value;
}

/** Text of an optional element. @throws DocumentError when it is there but empty */
export const optionalText = (element: XmlElement, path: string): string | undefined => element.optional(path)?.text();

/** An optional element through a parser. */
export function optionally<T>(element: XmlElement, path: string, parse: (found: XmlElement) => T): T | undefined {
  const found = element.optional(path);
  return found && parse(found);
}

/** Keeps the fields that have a value: absent stays absent, as exact optional types want it. */
export function present<T extends object>(fields: { readonly [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
