/** Public material: messages made from the published schemas, each with everything that its schema allows, and published invoices. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  creditFor,
  identifyDocument,
  readBankStatement,
  readCreditNote,
  readCreditNotification,
  readInvoice,
  readPaymentReturn,
  readPaymentStatus,
  returnFor,
  statementsIn,
  statusFor,
} from '../../../client/src/documents/index.js';
import { claimIdOf } from '../../../client/src/ids.js';
import { sampleOf, type Extent } from './schemaSamples.js';
import { dealFile, refusalOf, SHARED_DATA, sharedDataFor } from './support.js';
import { validate } from './validate.js';

const present = sharedDataFor('the corpus of published schemas and invoices');
const filesIn = (folder: string): readonly string[] => {
  const place = path.join(SHARED_DATA, folder);
  return existsSync(place) ? readdirSync(place).sort() : [];
};
const fileAt = (folder: string, name: string): string => readFileSync(path.join(SHARED_DATA, folder, name), 'utf8');
/** Without the data there is one row, which is left out. */
const corpus = present ? describe : describe.skip;
const orNone = <T>(rows: readonly T[], none: T): readonly T[] => (rows.length > 0 ? rows : [none]);

const EXTENTS: readonly (readonly [what: string, extent: Extent])[] = [
  ['nothing that may be left out', { optional: false, choice: 'first', repeated: 1 }],
  ['every element, and the first of each choice', { optional: true, choice: 'first', repeated: 1 }],
  ['every element, and the last of each choice', { optional: true, choice: 'last', repeated: 1 }],
];
const SCHEMAS = filesIn('iso20022').filter((name) => /^(?:camt|pacs|pain)/.test(name));
const UETR = 'f6fadfa7-e5c1-4b62-9362-da5cc13da58a';

/** What each reader makes of a message of its own: how many parts it has, how many cannot be read, and what is found of the payment. */
const READERS: Readonly<Record<string, (xml: string) => readonly [parts: number, unread: number, finding: string]>> = {
  'camt.053.001.08': (xml) => {
    const { accounts, unread } = readBankStatement(xml);
    const [whole] = statementsIn(readBankStatement(xml));
    return [accounts.length, unread.length, whole?.faults[0] ?? 'adds up'];
  },
  'camt.054.001.08': (xml) => {
    const { accounts, unread } = readCreditNotification(xml);
    const { credit, reason } = creditFor(readCreditNotification(xml), UETR);
    return [accounts.length, unread.length, credit === undefined ? reason : 'found'];
  },
  'pacs.002.001.10': (xml) => {
    const { transactions, unread } = readPaymentStatus(xml);
    const { transaction, reason } = statusFor(readPaymentStatus(xml), UETR);
    return [transactions.length, unread.length, transaction === undefined ? reason : 'found'];
  },
  'pacs.004.001.09': (xml) => {
    const { transactions, unread } = readPaymentReturn(xml);
    const { returned, reason } = returnFor(readPaymentReturn(xml), UETR);
    return [transactions.length, unread.length, returned === undefined ? reason : 'found'];
  },
};
/** Wanted of each, by hand: least, first and last. A status report without its transactions and a return without any are valid. */
const WANTED: Readonly<Record<string, readonly (readonly [parts: number, unread: number, finding: string])[]>> = {
  // No balance of these is one of what is booked: its code is X, or its bank's own.
  'camt.053.001.08': [
    [1, 0, 'BALANCE_MISSING'],
    [1, 0, 'BALANCE_MISSING'],
    [1, 0, 'BALANCE_MISSING'],
  ],
  // A notification has no entry at least; with all elements its entry is a reversal, since it has RvslInd.
  'camt.054.001.08': [
    [1, 0, 'UETR_NOT_NAMED'],
    [1, 0, 'NOT_A_CREDIT'],
    [1, 0, 'NOT_A_CREDIT'],
  ],
  'pacs.002.001.10': [
    [0, 0, 'UETR_NOT_NAMED'],
    [1, 0, 'found'],
    [1, 0, 'found'],
  ],
  'pacs.004.001.09': [
    [0, 0, 'UETR_NOT_NAMED'],
    [1, 0, 'found'],
    [1, 0, 'found'],
  ],
};

const isOwn = (schema: string): boolean => schema.replace('.xsd', '') in READERS;
const OWN = SCHEMAS.filter(isOwn).flatMap((schema) =>
  EXTENTS.map(([what, extent], index) => [schema, what, extent, index] as const),
);
const OTHERS = SCHEMAS.filter((schema) => !isOwn(schema));
const NO_EXTENT: Extent = { optional: true, choice: 'first', repeated: 1 };

corpus('A message made from a published schema', () => {
  it.each(orNone(OWN, ['', '', NO_EXTENT, 0]))(
    '%s with %s is valid, and read',
    async (schema, _what, extent, index) => {
      const xml = sampleOf(fileAt('iso20022', schema), extent);
      expect(await validate(xml, schema)).toEqual({ valid: true, errors: [] });
      const message = schema.replace('.xsd', '');
      expect(READERS[message]?.(xml)).toEqual(WANTED[message]?.[index]);
    },
  );

  it.each(orNone(OTHERS, ''))('%s is named by every reader', (schema) => {
    const xml = sampleOf(fileAt('iso20022', schema), NO_EXTENT);
    const message = schema.replace('.xsd', '');
    expect(identifyDocument(xml)).toMatchObject({ kind: 'XML', root: 'Document', message });
    for (const read of [...Object.values(READERS), readInvoice]) {
      expect(refusalOf(() => read(xml))?.[0]).toBe('DOCUMENT_NAMESPACE');
      expect(() => read(xml)).toThrow(`Found: Document of urn:iso:std:iso:20022:tech:xsd:${message}.`);
    }
  });
});

const DEAL = ['invoice-usd.xml', 'invoice-cny.xml', 'invoice-contractor.xml', 'invoice-over-line.xml'];
const PUBLISHED = filesIn('ubl');

corpus('A published invoice or credit note', () => {
  it.each(orNone(PUBLISHED, ''))('%s is read by one reader alone', (name) => {
    const xml = fileAt('ubl', name);
    const isNote = identifyDocument(xml).root === 'CreditNote';
    const [reader, other] = isNote ? [readCreditNote, readInvoice] : [readInvoice, readCreditNote];
    expect(reader(xml).number).toMatch(/./);
    expect(refusalOf(() => other(xml))?.[0]).toBe('DOCUMENT_NAMESPACE');
  });

  it('is claimed under an id that no other one has', () => {
    const invoices = [
      ...PUBLISHED.map((name) => fileAt('ubl', name)).filter((xml) => identifyDocument(xml).root === 'Invoice'),
      ...DEAL.map((name) => dealFile(`documents/${name}`)),
    ].map((xml) => readInvoice(xml));
    const ids = invoices.map(({ number, seller, issueDate: issuedOn }) =>
      claimIdOf({ type: 'INVOICE', seller: seller.id, number, issuedOn }),
    );
    expect(new Set(ids).size).toBe(invoices.length);
    expect(ids.length).toBeGreaterThan(DEAL.length);
  });
});
