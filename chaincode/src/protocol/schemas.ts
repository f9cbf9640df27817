/** The building blocks of every request and record schema. If a pattern does not match, its code is reported instead of zod's text. */
import { z } from 'zod';
import { CURRENCIES } from './currencies.js';
import { isDate } from './dates.js';
import { DAY_COUNTS, type DayCount } from './dayCounts.js';
import { normalisedNumber } from './documentNumbers.js';
import type { ErrorCode } from './errors.js';
import {
  ID_PATTERN,
  isEndToEndId,
  isIban,
  isPartyId,
  MSP_PATTERN,
  RANDOM_PATTERN,
  UETR_PATTERN,
} from './identifiers.js';
import { LIMITS } from './limits.js';

const coded = (code: ErrorCode, holds: (text: string) => boolean): z.ZodString =>
  z.string({ error: code }).refine(holds, { error: code });

/** A reference inside a record: 16 to 64 letters, digits, `-`, `_`. */
export const zReference = coded('ID_MALFORMED', (text) => RANDOM_PATTERN.test(text));
/** A record id, `<register>~<drawer>~<random>`. */
export const zId = coded('ID_MALFORMED', (text) => ID_PATTERN.test(text));
/** LEI or USCI with a valid check. */
export const zParty = coded('IDENTIFIER_CHECKSUM', isPartyId);
/** ISO 4217 code. */
export const zCurrency = coded('CURRENCY_UNKNOWN', (text) => CURRENCIES.has(text));
/** Calendar date `YYYY-MM-DD`. */
export const zDate = coded('DATE_MALFORMED', isDate);
/** A moment in UTC, `YYYY-MM-DDThh:mm:ssZ`. */
export const zInstant = coded(
  'DATE_MALFORMED',
  (text) => /^.{10}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}Z$/.test(text) && isDate(text.slice(0, 10)),
);
/** UUID version 4, lower case. */
export const zUetr = coded('UETR_MALFORMED', (text) => UETR_PATTERN.test(text));
/** What a payment is known by on the ledger: its UETR, or the id of its presentment where it has none. Records only. */
export const zPaymentId = coded('ID_MALFORMED', (text) => UETR_PATTERN.test(text) || ID_PATTERN.test(text));
/** End-to-end reference of a payment: 1 to 35 letters, digits and the signs that every bank passes on (ISO 20022 Max35Text, SEPA's Latin set). */
export const zEndToEndId = coded('REFERENCE_MALFORMED', isEndToEndId);
/** MSP id. */
export const zMsp = coded('REQUEST_MALFORMED', (text) => MSP_PATTERN.test(text));
/** Lower-case SHA-256 in hex. */
export const zHash = coded('REQUEST_MALFORMED', (text) => /^[0-9a-f]{64}$/.test(text));
/** Positive amount in minor units, as digits. */
export const zAmount = coded('AMOUNT_MALFORMED', (text) => /^(0|[1-9][0-9]{0,24})$/.test(text)).refine(
  (text) => !/^[0-9]{1,25}$/.test(text) || (BigInt(text) > 0n && BigInt(text) <= LIMITS.amountMax),
  { error: 'AMOUNT_OUT_OF_RANGE' },
);
/** Amount in minor units, as digits, zero allowed. */
export const zTotal = coded('AMOUNT_MALFORMED', (text) => /^(0|[1-9][0-9]{0,18})$/.test(text));
/** Rate in per cent a year, as digits with a point where it has decimals: above 0, and below 100. */
export const zRate = coded('RATE_MALFORMED', (text) => {
  const [, whole = '', decimals = ''] = /^(0|[1-9][0-9]{0,2})(?:\.([0-9]+))?$/.exec(text) ?? [];
  const isBelow = whole !== '' && BigInt(whole) < LIMITS.ratePerCent && decimals.length <= LIMITS.rateDecimals;
  return isBelow && /[1-9]/.test(text);
});
/** Day count convention. */
export const zDayCount = z.enum(Object.keys(DAY_COUNTS) as [DayCount, ...DayCount[]]);
/** Well-formed text without control characters, 1 to 500 letters. */
export const zText = coded(
  'REQUEST_MALFORMED',
  (text) => text.length > 0 && text.length <= LIMITS.text && !/[\u0000-\u001f\u007f\ud800-\udfff]/u.test(text),
);
/**
 * An account in electronic form: an IBAN whose check digits agree, or under `OTHER` the bank's own number (ISO 20022, BBAN and others) as 1 to
 * 34 letters and digits. Blanks and dashes belong to paper: the same account would be another one to a machine. So it would be where an IBAN,
 * in letters of either case, stands under `OTHER`.
 */
export const zAccount = z
  .strictObject({
    scheme: z.enum(['IBAN', 'OTHER']),
    id: coded('ACCOUNT_MALFORMED', (text) => /^[A-Za-z0-9]{1,34}$/.test(text)),
  })
  .refine(({ scheme, id }) => (scheme === 'IBAN' ? isIban(id) : !isIban(id.toUpperCase())), {
    path: ['id'],
    error: 'ACCOUNT_MALFORMED',
  });
/**
 * Who pays the interest on slices that are financed: the seller, whose money it is, the issuer, or both. Of interest that is `SHARED` the
 * issuer pays so many basis points, and the seller the rest.
 */
export const zInterestPayer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['SELLER', 'ISSUER']) }),
  z.strictObject({
    kind: z.literal('SHARED'),
    issuerBasisPoints: z
      .number({ error: 'REQUEST_MALFORMED' })
      .int({ error: 'REQUEST_MALFORMED' })
      .min(1)
      .max(LIMITS.basisPoints - 1),
  }),
]);
/** A document's number: one that can be told from others. */
export const zDocumentNumber = zText.refine((text) => normalisedNumber(text) !== '', { error: 'REQUEST_MALFORMED' });
/** A small count, 0 to 10000. */
export const zCount = z.number({ error: 'REQUEST_MALFORMED' }).int({ error: 'REQUEST_MALFORMED' }).min(0).max(10_000);

/** A non-empty list with an upper bound. */
export const zList = <Item extends z.ZodType>(item: Item, max: number): z.ZodArray<Item> =>
  z.array(item, { error: 'REQUEST_MALFORMED' }).min(1).max(max);

/** A non-empty list of ids, each named once. */
export const zIds = (max: number): z.ZodArray<typeof zId> =>
  zList(zId, max).refine((ids) => new Set(ids).size === ids.length, { error: 'DUPLICATE_ITEM' });

/** What a payment pays, in requests and records: exactly one of these. */
export const paidFields = {
  /** The presentment that the payment pays. */
  presentmentId: zId.optional(),
  /** The leg of a batch that the payment pays, in place of a presentment. */
  legId: zId.optional(),
};
/** What names further payments, where several pay together. */
export const furtherUetrs = { furtherUetrs: zList(zUetr, LIMITS.partPayments - 1).optional() };
/** Whether each payment is named once. */
export const namesOnce = ({
  uetr,
  furtherUetrs: others = [],
}: {
  readonly uetr?: string | undefined;
  readonly furtherUetrs?: readonly string[] | undefined;
}): boolean => !others.includes(uetr ?? '') && new Set(others).size === others.length;
/** Whether something names exactly one thing that is paid. */
export const paysOne = ({
  presentmentId,
  legId,
}: {
  readonly presentmentId?: string | undefined;
  readonly legId?: string | undefined;
}): boolean => (presentmentId === undefined) !== (legId === undefined);
