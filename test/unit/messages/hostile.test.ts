/** What the readers of messages refuse before they look at a field, and what they make of a message with one element changed. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as client from '../../../client/src/index.js';
import { changed, refusalOf } from '../documents/support.js';
import { mutantsOf, parse, print } from '../documents/mutants.js';
import { headers, MESSAGES, type MessageCase } from './samples.js';

const SEED = 20_022;
type Read = (xml: string | Uint8Array) => object;

const READ = MESSAGES.filter((message) => message.read !== undefined);
/** Messages whose readers are those of documents. */
const OLDER: Readonly<Record<string, Read>> = {
  'pacs.002.001.10': client.readPaymentStatus,
  'pacs.004.001.09': client.readPaymentReturn,
  'camt.053.001.08': client.readBankStatement,
  'camt.054.001.08': client.readCreditNotification,
};
const sampleOf = ({ inputs, write }: MessageCase): string => {
  const [input = {}] = fc.sample(inputs('full'), { seed: SEED, numRuns: 1 });
  return write(input as never);
};

/** Every reader with a message that it reads. */
const READERS: readonly (readonly [what: string, read: Read, xml: string])[] = [
  ...MESSAGES.map((message) => {
    const read = message.read ?? OLDER[message.schema];
    if (read === undefined) throw new Error(`nobody reads ${message.schema}`);
    return [message.schema, read, sampleOf(message)] as const;
  }),
  [
    'head.001.001.02',
    client.readBusinessHeader,
    MESSAGES[0]?.write(
      fc.sample(MESSAGES[0].inputs('least'), { seed: SEED, numRuns: 1 })[0] as never,
      fc.sample(headers('full'), { seed: SEED, numRuns: 1 })[0],
    ) ?? '',
  ],
];

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const ENTITIES = Array.from(
  { length: 20 },
  (_, index) => `<!ENTITY e${String(index + 1)} "&e${String(index)};&e${String(index)};">`,
);
const bytes = (text: string): Buffer => Buffer.from(text);

/** What is done to a message, and how it is refused. */
const SPOILED: readonly (readonly [what: string, spoil: (xml: string) => string | Uint8Array, code: string])[] = [
  ['filled up to 50 MB', (xml) => xml + ' '.repeat(50_000_000), 'DOCUMENT_TOO_LARGE'],
  ['filled up to more than 1 MB', (xml) => xml + ' '.repeat(1_000_000), 'DOCUMENT_TOO_LARGE'],
  ['with 200 elements in each other', (xml) => changed(xml, DECLARATION, '<a>'.repeat(200)), 'DOCUMENT_TOO_DEEP'],
  [
    'with an entity bomb',
    (xml) => changed(xml, '?>', `?><!DOCTYPE d [<!ENTITY e0 "x">${ENTITIES.join('')}]>`),
    'DOCUMENT_DOCTYPE',
  ],
  [
    'with a file for an entity',
    (xml) => changed(xml, '?>', '?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    'DOCUMENT_DOCTYPE',
  ],
  [
    'with an entity that nobody declares',
    (xml) => changed(xml, /<MsgId>|<Id>|<BizMsgIdr>/, '$&&x;'),
    'DOCUMENT_DOCTYPE',
  ],
  ['in an encoding that is not read', (xml) => bytes(changed(xml, 'UTF-8', 'EBCDIC-CP-US')), 'DOCUMENT_ENCODING'],
  ['in UTF-16 by name alone', (xml) => bytes(changed(xml, 'UTF-8', 'UTF-16')), 'DOCUMENT_ENCODING'],
  ['in bytes that are not UTF-8', (xml) => Buffer.concat([bytes(xml), Buffer.from([0xff])]), 'DOCUMENT_NOT_UTF8'],
  ['cut in half', (xml) => xml.slice(0, xml.length / 2), 'DOCUMENT_NOT_XML'],
  [
    'in another version',
    // Some readers take all later versions, so it is one that never was.
    (xml) => xml.replaceAll(/(xsd:(?!nvlp)[a-z]{4}\.\d{3}\.\d{3}\.)\d{2}/g, '$100'),
    'DOCUMENT_NAMESPACE',
  ],
  ['of another kind', () => '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"/>', 'DOCUMENT_NAMESPACE'],
  ['that is empty', () => '', 'DOCUMENT_EMPTY'],
  ['that is a PDF', () => '%PDF-1.7', 'DOCUMENT_PDF'],
];

describe.each(READERS)('A message %s', (_schema, read, xml) => {
  it('is read', () => {
    expect(Object.keys(read(xml)).length).toBeGreaterThan(4);
  });

  it.each(SPOILED)('%s is refused', (_what, spoil, code) => {
    expect(refusalOf(() => read(spoil(xml)))?.[0]).toBe(code);
  });

  it('means the same with elements that nobody knows', () => {
    const more = changed(xml, /<\/(GrpHdr|Assgnmt|AppHdr)>/, '<Unknown><Amt Ccy="USD">9</Amt></Unknown>$&');
    const { sha256: _of, ...meaning } = { sha256: '', ...read(more) };
    const { sha256: _or, ...before } = { sha256: '', ...read(xml) };
    expect(meaning).toEqual(before);
    if ('sha256' in read(xml)) expect(read(more)).not.toMatchObject(read(xml));
  });
});

/** Amount and creditor's account of a payment, where it tells them. */
interface Payment {
  readonly amount?: { readonly amount: string; readonly currency: string };
  readonly creditorAccount?: { readonly scheme: string; readonly id: string };
}
type Told = readonly (readonly [amount: string | undefined, account: string | undefined])[];

const told = (payments: readonly Payment[]): Told =>
  payments.map(({ amount, creditorAccount: account }) => [
    amount && `${amount.amount} ${amount.currency}`,
    account && `${account.scheme} ${account.id}`,
  ]);

/** Whether a payment is one of those that were ordered, as far as it tells. */
const isAmong = ([amount, account]: Told[number], before: Told): boolean =>
  before.some((each) => [undefined, each[0]].includes(amount) && [undefined, each[1]].includes(account));

/** Elements that hold an amount or an account: another text there is another payment, and a signature is for the sender to check. */
const VALUES = new Set(['IntrBkSttlmAmt', 'InstdAmt', 'IBAN', 'Id', 'OrgnlIntrBkSttlmAmt']);
const ORDERS: readonly (readonly [schema: string, tell: (xml: string) => Told])[] = [
  ['pacs.008.001.08', (xml) => told(client.readCreditTransfer(xml).transactions)],
  ['pacs.009.001.08', (xml) => told(client.readBankTransfer(xml).transactions)],
  ['pain.001.001.09', (xml) => told(client.readPaymentOrder(xml).payments.flatMap(({ transactions }) => transactions))],
  [
    'pain.013.001.07',
    (xml) => told(client.readPaymentRequest(xml).payments.flatMap(({ transactions }) => transactions)),
  ],
  ['camt.056.001.08', (xml) => told(client.readRecall(xml).groups.flatMap(({ transactions }) => transactions))],
];

describe('An order with one element changed', () => {
  it.each(ORDERS)('%s never orders another amount, another account or another number of payments', (schema, tell) => {
    const message = READ.find((each) => each.schema === schema);
    for (const extent of ['least', 'full'] as const) {
      const [input = {}] = fc.sample(message?.inputs(extent) ?? fc.constant({}), { seed: SEED, numRuns: 1 });
      const xml = message?.write(input as never) ?? '';
      const before = tell(xml);
      // Of a long message, only the elements are left out, doubled and exchanged: there are too many texts.
      const mutants = mutantsOf(parse(xml)).filter(({ rewritten }) => rewritten === undefined || extent === 'least');
      const outcomes = mutants
        .filter(({ rewritten }) => !VALUES.has(rewritten ?? ''))
        .map(({ node }) => {
          try {
            return tell(print(node));
          } catch (error) {
            if (!(error instanceof client.DocumentError)) throw error;
            return error.code;
          }
        });
      const read = outcomes.filter((outcome) => typeof outcome !== 'string');
      expect(read.filter((after) => after.length !== before.length)).toEqual([]);
      expect(read.flat().filter((payment) => !isAmong(payment, before))).toEqual([]);
      expect(read.length).toBeGreaterThan(10);
      expect(outcomes.length - read.length).toBeGreaterThan(50);
    }
  });

  it('pain.001 whose amount alone is another one does not add up, and is refused', () => {
    const message = READ.find(({ schema }) => schema === 'pain.001.001.09');
    const [input = {}] = fc.sample(message?.inputs('least') ?? fc.constant({}), { seed: SEED, numRuns: 1 });
    const xml = changed(message?.write(input as never) ?? '', /(<InstdAmt[^>]*>)\d+/, '$1999999999999');
    expect(refusalOf(() => client.readPaymentOrder(xml))).toEqual([
      ...['DOCUMENT_FIELD_INVALID', '/Document/CstmrCdtTrfInitn/PmtInf/CtrlSum'],
    ]);
  });

  it('pacs.008 that says another number, another sum or another total than its payments is refused', () => {
    const message = READ.find(({ schema }) => schema === 'pacs.008.001.08');
    const [input = {}] = fc.sample(message?.inputs('least') ?? fc.constant({}), { seed: SEED, numRuns: 1 });
    const transactions = [
      { ...(input as { transactions: object[] }).transactions[0], amount: { minor: '12345', currency: 'USD' } },
    ];
    const xml = message?.write({ ...input, transactions } as never) ?? '';
    const saying =
      (said: string): (() => unknown) =>
      () =>
        client.readCreditTransfer(changed(xml, /<NbOfTxs>1<\/NbOfTxs>/, said));
    const path = '/Document/FIToFICstmrCdtTrf/GrpHdr';
    const one = '<NbOfTxs>1</NbOfTxs>';
    expect(
      saying(`${one}<CtrlSum>123.4500</CtrlSum><TtlIntrBkSttlmAmt Ccy="USD">123.45</TtlIntrBkSttlmAmt>`),
    ).not.toThrow();
    expect(refusalOf(saying('<NbOfTxs>2</NbOfTxs>'))).toEqual(['DOCUMENT_FIELD_INVALID', `${path}/NbOfTxs`]);
    expect(refusalOf(saying(`${one}<CtrlSum>123.46</CtrlSum>`))).toEqual(['DOCUMENT_FIELD_INVALID', `${path}/CtrlSum`]);
    expect(refusalOf(saying(`${one}<CtrlSum>-1</CtrlSum>`))).toEqual(['DOCUMENT_FIELD_INVALID', `${path}/CtrlSum`]);
    expect(refusalOf(saying(`${one}<TtlIntrBkSttlmAmt Ccy="USD">1</TtlIntrBkSttlmAmt>`))).toEqual([
      ...['DOCUMENT_FIELD_INVALID', `${path}/TtlIntrBkSttlmAmt`],
    ]);
  });
});

describe('A report with one payment that cannot be read', () => {
  it.each(['pain.002.001.10', 'pain.014.001.07', 'camt.029.001.09'])('%s lists it, and reads the others', (schema) => {
    const message = READ.find((each) => each.schema === schema);
    const xml = changed(message === undefined ? '' : sampleOf(message), /<OrgnlUETR>[^<]*/, '<OrgnlUETR>X');
    const read = message?.read?.(xml) as unknown as {
      readonly unread: readonly client.UnreadPart[];
      readonly payments?: readonly { readonly transactions: readonly object[] }[];
      readonly groups?: readonly { readonly transactions: readonly object[] }[];
    };
    expect(read.unread.map(({ uetrs, problem }) => [uetrs, problem.code])).toEqual([[['x'], 'DOCUMENT_FIELD_INVALID']]);
    expect((read.payments ?? read.groups ?? []).map(({ transactions }) => transactions.length)).toEqual([1, 2]);
  });
});
