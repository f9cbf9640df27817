/** The shape of `deal.json`, strictly: what is not described here is refused. The message of each rule is the remedy. */
import {
  decimalOf,
  electronicAccount,
  exponentOf,
  isDate,
  isIban,
  isLei,
  isUsci,
  LIMITS,
  minorOf,
  MODES,
  ROLES,
  UETR_PATTERN,
  type Account,
} from '@tenor/client';
import { isOrganizationName } from '@tenor/network';
import { z } from 'zod';
import { isFileInside } from './dealFiles.js';

const coded = (remedy: string, holds: (text: string) => boolean): z.ZodString =>
  z.string({ error: remedy }).refine(holds, { error: remedy });

/** An object without other fields than these. */
const object = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> => {
  const fields = `the fields of this format: ${Object.keys(shape).join(', ')}`;
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `Remove this field, or correct its name: it is not one of ${fields}.`
        : `Write an object with ${fields}.`,
  });
};

const text = coded(
  'Write text of 1 to 200 letters.',
  (value) => value.trim() === value && /^[^\p{Cc}\p{Surrogate}]{1,200}$/u.test(value),
);
const key = coded(
  'Write a key of at most 64 lower-case letters, digits and hyphens.',
  (value) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value) && value.length <= 64,
);
const date = coded('Write a date that exists, of the years 1900 to 2199, as YYYY-MM-DD.', isDate);
const lei = coded('Write an LEI whose check digits agree (ISO 17442).', isLei);
const usci = coded('Write a USCI whose check character agrees (GB 32100).', isUsci);
const uetr = coded('Write a UUID of version 4 in lower case.', (value) => UETR_PATTERN.test(value));
const digits = coded('Write a whole number above zero as digits in quotes.', (value) =>
  /^[1-9][0-9]{0,17}$/.test(value),
);
const yesOrNo = z.boolean({ error: 'Write true or false.' });
const file = coded(
  'Name a file inside the folder of the deal, such as "documents/invoice.xml": words of any script and blanks, folders by "/". ' +
    'Not in a name: . and .. for a folder, control characters, marks that turn the direction of text, \\ : * ? " < > |.',
  isFileInside,
);
const organization = coded(
  'Write a short name of at most 40 lower-case letters, digits and hyphens, each word beginning with a letter. "orderer" is taken.',
  isOrganizationName,
);

const decimal = z.string({ error: 'Write the amount as text in quotes.' });

const isCurrency = (currency: string): boolean => {
  try {
    return exponentOf(currency) >= 0;
  } catch {
    return false;
  }
};
const currency = coded('Write a currency of ISO 4217 as three capitals, such as USD or CNY.', isCurrency);

/** True for an amount above zero with exactly the decimals of its currency. */
export function isAmount(amount: string, of: string): boolean {
  try {
    minorOf(amount, of);
    return true;
  } catch {
    return false;
  }
}

/** How an amount in a currency is written. */
export const amountRemedy = (of: string): string =>
  `Write an amount above zero as digits and a point, with exactly the decimals of ${of}, such as "${decimalOf(123450n, of)}".`;

const money = object({ amount: decimal, currency }).check(({ value, issues }) => {
  if (!isCurrency(value.currency) || isAmount(value.amount, value.currency)) return;
  issues.push({ code: 'custom', path: ['amount'], message: amountRemedy(value.currency), input: value.amount });
});

const count = (min: number, max: number): z.ZodNumber => {
  const error = `Write a whole number from ${String(min)} to ${String(max)}.`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

const oneOf = <const Values extends readonly [string, ...string[]]>(
  values: Values,
): z.ZodEnum<{ [Value in Values[number]]: Value }> => z.enum(values, { error: `Write one of ${values.join(', ')}.` });

const entries = (number: number): string => (number === 1 ? '1 entry' : `${String(number)} entries`);

const listOf = <Item extends z.ZodType>(item: Item, min = 1, max = 1000): z.ZodArray<Item> =>
  z
    .array(item, { error: 'Write a list in brackets.' })
    .min(min, { error: `Write a list with at least ${entries(min)}.` })
    .max(max, { error: `Write a list with at most ${entries(max)}.` });

/** What the ledger takes as a bank's own number, once the marks of paper are gone. */
function isOtherAccount(account: Account): boolean {
  const { id } = electronicAccount(account);
  return /^[A-Za-z0-9]{1,34}$/.test(id) && !isIban(id.toUpperCase());
}

const areDifferent = (items: readonly unknown[]): boolean => new Set(items).size === items.length;
const ONCE = { error: 'Write each of them once.' };

/** A network begins empty, so that whatever has versions begins with the first. */
const firstVersion = z.literal(1, { error: 'Write 1: on a new network the first version is 1.' });

const zAccount = object({ currency, scheme: oneOf(['IBAN', 'OTHER']), id: text })
  .refine(({ scheme, id }) => scheme !== 'IBAN' || isIban(id), {
    path: ['id'],
    error: 'Write an IBAN without blanks whose check digits agree (ISO 13616), or give the scheme OTHER.',
  })
  .refine((account) => account.scheme !== 'OTHER' || isOtherAccount(account), {
    path: ['id'],
    error:
      'Write 1 to 34 letters and digits, not counting blanks, dashes, dots and slashes. Give an IBAN the scheme IBAN.',
  });

const zParty = object({
  key,
  name: text,
  lei,
  usci: usci.optional(),
  roles: listOf(oneOf(ROLES)).refine(areDifferent, ONCE),
  /** Short name of the organisation that acts for the party; the network has a peer for each. */
  organization,
  sme: yesOrNo,
  accounts: listOf(zAccount, 0),
});

const zPolicy = object({
  version: firstVersion,
  effectiveFrom: date,
  maxTenorMonths: count(1, 120),
  justifyBeyondMonths: count(1, 120),
  smePaymentDays: count(1, 10_000),
  maxTier: count(1, 100),
  maxChildren: count(2, 50),
  graceDays: count(0, 366),
});

const zCalendar = object({
  id: text,
  version: firstVersion,
  /** Non-working weekdays, 0 = Monday … 6 = Sunday. */
  weekend: listOf(count(0, 6), 0, 6).refine(areDifferent, ONCE),
  holidays: listOf(date, 0),
  extraWorkdays: listOf(date, 0),
  /** The last day for which it knows them. */
  until: date,
});

const zLine = object({
  key,
  bank: key,
  issuer: key,
  limit: money,
  expiresOn: date,
  revolving: yesOrNo,
  autoConfirm: yesOrNo,
});

const zDocument = z.discriminatedUnion(
  'type',
  [
    /** `capacity`: what the invoice is to back, in major units of its currency. */
    object({ type: z.literal('INVOICE'), file, capacity: decimal }),
    object({ type: z.literal('BILL_OF_LADING'), file }),
  ],
  { error: 'Write the type INVOICE (with a capacity) or BILL_OF_LADING.' },
);

const zCertificate = object({
  key,
  issuer: key,
  bank: key,
  payee: key,
  line: key,
  amount: money,
  dueDate: date,
  deliveredOn: date,
  mode: oneOf(MODES),
  offerExpiresOn: date,
  documents: listOf(zDocument, 1, LIMITS.claimsPerCertificate),
});

const zTransfer = object({
  key,
  certificate: key,
  from: key,
  to: key,
  amount: money,
  offerExpiresOn: date,
  documents: listOf(zDocument, 1, LIMITS.claimsPerCertificate),
});

const zPayment = object({
  key,
  certificate: key,
  payee: key,
  /** The payee's bank, which keeps the account. The bank that confirmed the certificate pays. */
  bank: key,
  amount: money,
  /** Left out where the payment has none: then the end-to-end id is what the payee asks for, and its messages are found by it. */
  uetr: uetr.optional(),
  endToEndId: text,
  account: text,
  valueDate: date,
  /** pacs.002.001.10 that reports the payment. */
  statusFile: file,
  /** camt.054.001.08 that books it. */
  creditFile: file,
});

/** The shape of `deal.json`. */
export const zDeal = object({
  format: z.literal('tenor.deal/1', { error: 'Write "tenor.deal/1".' }),
  name: key,
  title: text,
  /** What the whole deal is worth; `rate` is units of the total's currency for one of the equivalent's. */
  worth: object({
    total: money,
    equivalent: money,
    rate: object({ numerator: digits, denominator: digits, source: text }),
  }),
  parties: listOf(zParty, 1, LIMITS.founders),
  policy: zPolicy,
  calendar: zCalendar,
  /** First business date. */
  businessDate: date,
  /** Business date on which the holders present. */
  maturityDate: date,
  lines: listOf(zLine),
  certificates: listOf(zCertificate),
  /** At least one: the attempts to pass a slice on twice need it. */
  transfers: listOf(zTransfer),
  payments: listOf(zPayment),
  /** What must be refused. */
  attempts: object({
    /** A certificate beyond what its line leaves. */
    overLine: zCertificate,
    /** A report of a payment of the deal that is not final. */
    inProcess: object({ payment: key, statusFile: file }),
    /** A credit of a payment of the deal to an account that is not the payee's. */
    anotherAccount: object({ payment: key, creditFile: file }),
  }),
});

/** `deal.json` as written. */
export type DealFile = z.infer<typeof zDeal>;
/** An amount in major units, with exactly the decimals of its currency. */
export type DealMoney = z.infer<typeof money>;
/** A party of the deal. */
export type DealParty = DealFile['parties'][number];
/** A certificate as written. */
export type CertificateEntry = z.infer<typeof zCertificate>;
/** A transfer as written. */
export type TransferEntry = z.infer<typeof zTransfer>;
/** A payment as written. */
export type PaymentEntry = z.infer<typeof zPayment>;
/** A document as written. */
export type DocumentEntry = z.infer<typeof zDocument>;
