/** Bills of lading as strict JSON: the few fields that tie goods, ship and parties to an invoice. */
import { z } from 'zod';
import { isDate } from '../../../chaincode/src/protocol/dates.js';
import { isLei } from '../../../chaincode/src/protocol/identifiers.js';
import { DocumentError, type DocumentErrorCode } from './documentError.js';
import { assertFieldsOnce } from './fieldsOnce.js';
import { plainTextOf, readFile, type Entered } from './frontDoor.js';

const PATTERNS = {
  unlocode: /^[A-Z]{2}[A-Z2-9]{3}$/,
  hsCode: /^[0-9]{6}$/,
  quantity: /^(?:0|[1-9][0-9]{0,11})\.[0-9]{3}$/,
} as const;

/** IMO ship number: the last digit is the check of the six before it. */
function isImo(text: string): boolean {
  if (!/^[0-9]{7}$/.test(text)) return false;
  const sum = Array.from(text.slice(0, 6)).reduce((total, digit, index) => total + Number(digit) * (7 - index), 0);
  return sum % 10 === Number(text[6]);
}

const object = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> =>
  z.strictObject(shape, { error: 'an object with the fields of this format' });

const text = (expected: string, holds: (value: string) => boolean): z.ZodString =>
  z.string({ error: expected }).refine(holds, { error: expected });
const name = text('text of 1 to 500 letters, no control characters', (value) =>
  /^[^\p{Cc}\p{Surrogate}]{1,500}$/u.test(value),
);
const date = text('a date that exists, YYYY-MM-DD', isDate);
const party = object({ name, lei: text('an LEI whose check digits agree (ISO 17442)', isLei).optional() });
const port = object({
  unlocode: text('a code of UN/LOCODE, five letters', (value) => PATTERNS.unlocode.test(value)),
  name,
});
const goods = object({
  description: name,
  hsCode: text('a code of the Harmonized System, six digits', (value) => PATTERNS.hsCode.test(value)),
  quantity: text('tonnes with three decimals, such as "50000.000"', (value) => PATTERNS.quantity.test(value)),
  unit: z.literal('TNE', { error: '"TNE", metric tonnes (UN/ECE recommendation 20)' }),
});

const zBillOfLading = object({
  type: z.literal('BILL_OF_LADING', { error: '"BILL_OF_LADING"' }),
  number: name,
  issueDate: date,
  shippedOnBoardDate: date,
  carrier: party,
  vessel: object({ name, imo: text('an IMO number with its check digit', isImo), voyage: name }),
  portOfLoading: port,
  portOfDischarge: port,
  shipper: party,
  consignee: party,
  notifyParty: party.optional(),
  goods: z
    .array(goods, { error: 'a list of goods' })
    .min(1, { error: 'at least one kind of goods' })
    .max(100, { error: 'at most 100 kinds of goods' }),
  /** Numbers of the invoices that charge for these goods. */
  invoices: z.array(name, { error: 'a list of invoice numbers' }).max(100, { error: 'at most 100 invoices' }),
});

/** A bill of lading. Quantities are decimal text in metric tonnes with three decimals. */
export type BillOfLading = z.infer<typeof zBillOfLading> & {
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
};

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new DocumentError('DOCUMENT_NOT_JSON');
  }
}

const pathOf = (steps: readonly PropertyKey[]): string => `/${steps.map(String).join('/')}`;

function valueAt(value: unknown, steps: readonly PropertyKey[]): unknown {
  return steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined),
    value,
  );
}

/** zod's first complaint as a document error: an unknown key, a missing field, or a wrong value. */
function refusal(issue: z.core.$ZodIssue | undefined, value: unknown): DocumentError {
  if (issue?.code === 'unrecognized_keys') {
    return new DocumentError('DOCUMENT_FIELD_UNKNOWN', { path: pathOf([...issue.path, issue.keys[0] ?? '']) });
  }
  const steps = issue?.path ?? [];
  const code: DocumentErrorCode =
    valueAt(value, steps) === undefined ? 'DOCUMENT_FIELD_MISSING' : 'DOCUMENT_FIELD_INVALID';
  return new DocumentError(code, { path: pathOf(steps), expected: issue?.message ?? 'another value' });
}

function billOfLadingOf(entered: Entered): BillOfLading {
  const source = plainTextOf(entered);
  const value = parse(source);
  assertFieldsOnce(source);
  const result = zBillOfLading.safeParse(value);
  if (!result.success) throw refusal(result.error.issues[0], value);
  return { ...result.data, sha256: entered.sha256 };
}

/**
 * Reads a bill of lading in Tenor's JSON form; `sha256` is over the bytes as given.
 * @throws DocumentError as `readFile` and `plainTextOf`; DOCUMENT_NOT_JSON, DOCUMENT_FIELD_REPEATED, DOCUMENT_FIELD_MISSING,
 *   DOCUMENT_FIELD_UNKNOWN, DOCUMENT_FIELD_INVALID
 */
export const readBillOfLading = (json: string | Uint8Array): BillOfLading => readFile(json, billOfLadingOf);
