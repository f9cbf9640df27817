/** Every message that is written is valid by its schema, and is read back as it was given: by this library's readers and by another one. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { fileOf } from '../../../client/src/documents/bytes.js';
import {
  decimalOf,
  identifyDocument,
  MESSAGE_TYPES,
  readBankStatement,
  readBusinessHeader,
  readCreditNotification,
  readPaymentReturn,
  readPaymentStatus,
} from '../../../client/src/index.js';
import { parseXml, type Content } from '../../../client/src/documents/xmlParser.js';
import { sharedDataFor } from '../documents/support.js';
import { validate } from '../documents/validate.js';
import { headers, MESSAGES, type MessageCase } from './samples.js';

const ROWS = MESSAGES.map((message): [schema: string, message: MessageCase] => [message.schema, message]);
const SEED = 20_022;
const RUNS = 60;
const published = sharedDataFor('validation of written messages against the ISO 20022 schemas') ? it : it.skip;

/** What a message means, however it is told: amounts in major units, and nothing where nothing is said. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== 'object' || value === null) return value;
  if ('minor' in value && 'currency' in value)
    return { amount: decimalOf(String(value.minor), String(value.currency)), currency: value.currency };
  const told = Object.entries(value).map(([key, each]): [string, unknown] => [key, meaning(each)]);
  return Object.fromEntries(
    told.filter(([, each]) => each !== undefined && !(Array.isArray(each) && each.length === 0)),
  );
}

const written = (message: MessageCase, input: object): string => message.write(input as never);

/** The elements of a message by another parser, which shares nothing with the one of this library. */
const OTHER = new XMLParser({
  ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', trimValues: false },
  ...{ parseTagValue: false, parseAttributeValue: false, ignoreDeclaration: true },
});
type Other = Readonly<Record<string, unknown>>;

function treeOf(nodes: readonly Other[]): unknown[] {
  return nodes.flatMap((node) => {
    const attributes = node[':@'] ?? {};
    return Object.entries(node)
      .filter(([name]) => name !== ':@')
      .map(([name, inside]) => (name === '#text' ? inside : [name, attributes, treeOf(inside as Other[])]));
  });
}

const treeOfContent = ({ name, attributes, children, text }: Content): unknown => [
  ...[name, Object.fromEntries(attributes), children.length > 0 ? children.map(treeOfContent) : [text]],
];

describe('A written message', () => {
  published.each(ROWS)(
    '%s is valid by its schema, from the least that it says to the most',
    async (schema, message) => {
      const samples = (['least', 'full', 'any'] as const).flatMap((extent) =>
        fc.sample(message.inputs(extent), { seed: SEED, numRuns: extent === 'any' ? 10 : 1 }),
      );
      const messages = samples.map((input) => written(message, input));
      expect(await validate(messages, `${schema}.xsd`)).toEqual({ valid: true, errors: [] });
    },
  );

  it.each(ROWS)('%s is told by its version', (schema, message) => {
    const [input = {}] = fc.sample(message.inputs('least'), { seed: SEED, numRuns: 1 });
    const { message: told, messageType } = identifyDocument(written(message, input));
    expect(told).toBe(schema);
    expect(messageType).toBe(MESSAGE_TYPES[schema.slice(0, -3) as keyof typeof MESSAGE_TYPES]);
    if (message.read !== undefined) expect(messageType).toBe(message.read(written(message, input)).type);
  });

  it.each(ROWS.filter(([, { read }]) => read !== undefined))('%s is read back as it was given', (schema, message) => {
    fc.assert(
      fc.property(message.inputs('any'), (input) => {
        const xml = written(message, input);
        const { type, definition, ...read } = message.read?.(xml) ?? { type: '', definition: '' };
        const sha256 = createHash('sha256').update(xml).digest('hex');
        expect([typeof type, definition]).toEqual(['string', schema]);
        expect(meaning(read)).toEqual({ ...(meaning(input) as object), sha256 });
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it.each(ROWS)('%s has the same elements for another parser', (_schema, message) => {
    fc.assert(
      fc.property(message.inputs('any'), (input) => {
        const xml = written(message, input);
        expect(treeOf(OTHER.parse(xml) as Other[])).toEqual([treeOfContent(parseXml(fileOf(xml)))]);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it.each(ROWS)('%s is the same for the same input', (_schema, message) => {
    const [input = {}] = fc.sample(message.inputs('full'), { seed: SEED, numRuns: 1 });
    const reversed = Object.fromEntries(Object.entries(input).reverse());
    expect(written(message, reversed)).toBe(written(message, input));
  });
});

describe('A message in an envelope', () => {
  it.each(ROWS)('%s has its header, and reads as it does alone', (schema, message) => {
    fc.assert(
      fc.property(message.inputs('least'), headers('any'), (input, header) => {
        const xml = message.write(input as never, header);
        expect(meaning(readBusinessHeader(xml))).toEqual({ ...(meaning(header) as object), definition: schema });
        expect(identifyDocument(xml)).toMatchObject({ root: 'BizMsgEnvlp', message: schema });
        if (message.read !== undefined)
          expect({ ...message.read(xml), sha256: '' }).toEqual({
            ...message.read(written(message, input)),
            sha256: '',
          });
      }),
      { seed: SEED, numRuns: 10 },
    );
  });

  published('has a header that is valid by its schema', async () => {
    const [message] = MESSAGES;
    const [input = {}] = fc.sample(message?.inputs('least') ?? fc.constant({}), { seed: SEED, numRuns: 1 });
    for (const extent of ['least', 'full'] as const) {
      const [header] = fc.sample(headers(extent), { seed: SEED, numRuns: 1 });
      const xml = message?.write(input as never, header) ?? '';
      const alone = /<AppHdr[^]*<\/AppHdr>/.exec(xml)?.[0] ?? '';
      expect(await validate(alone, 'head.001.001.02.xsd')).toEqual({ valid: true, errors: [] });
    }
  });
});

/** The fields of what was given that the reader answers under the same name. */
const shared = (given: object, keys: readonly string[]): object =>
  meaning(Object.fromEntries(Object.entries(given).filter(([key]) => keys.includes(key)))) as object;

type GivenEntries = readonly Record<string, unknown>[];
interface Given {
  readonly transactions: readonly Record<string, unknown>[];
  readonly accounts: readonly { readonly account: unknown; readonly entries?: GivenEntries }[];
  readonly statements: readonly {
    readonly number?: number;
    readonly period?: { readonly from: string };
    readonly balances: GivenEntries;
    readonly entries?: GivenEntries;
  }[];
}

const REFERENCES = ['uetr', 'endToEndId', 'instructionId', 'transactionId', 'servicerReference', 'creditDebit'];
const flatReasons = (given: unknown): object => {
  const reasons = (given ?? []) as { reason: { code?: string; own?: string }; information?: string[] }[];
  return {
    reasons: reasons.map(({ reason }) => reason.code ?? reason.own),
    information: reasons.flatMap(({ information = [] }) => information),
  };
};
const amountOf = (given: unknown): object => (given === undefined ? {} : (meaning(given) as object));
/** Bookings as notifications and statements tell of them. */
const entriesOf = (given: GivenEntries = []): object[] =>
  given.map((entry) => ({
    ...shared(entry, ['reference', 'status', 'bookingDate', 'valueDate', ...REFERENCES]),
    ...{ ...amountOf(entry['amount']), reversal: entry['reversal'] ?? false, isAbridged: false },
    details: ((entry['details'] ?? []) as GivenEntries).map((detail) => ({
      ...{ ...shared(detail, REFERENCES), ...amountOf(detail['amount']) },
      isReturn: detail['returned'] !== undefined,
    })),
  }));
const inputOf = (schema: string): fc.Arbitrary<Given> =>
  (MESSAGES.find((message) => message.schema === schema)?.inputs('any') ?? fc.constant({})) as fc.Arbitrary<Given>;
const write = (schema: string, input: object): string =>
  MESSAGES.find((message) => message.schema === schema)?.write(input as never) ?? '';

describe('A message that the older readers read', () => {
  it('pacs.002 says of each payment what was given', () => {
    fc.assert(
      fc.property(inputOf('pacs.002.001.10'), (input) => {
        const { transactions, unread } = readPaymentStatus(write('pacs.002.001.10', input));
        expect(unread).toEqual([]);
        const keys = ['status', 'settlementDate', 'creditorAccount', ...REFERENCES.slice(0, 4)];
        expect(transactions).toEqual(
          input.transactions.map((given) => ({
            ...shared(given, keys),
            ...amountOf(given['amount']),
            ...flatReasons(given['reasons']),
            ...(given['original'] === undefined
              ? {}
              : { originalMessageId: (given['original'] as { messageId: string }).messageId }),
          })),
        );
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('pacs.004 returns of each payment what was given', () => {
    fc.assert(
      fc.property(inputOf('pacs.004.001.09'), (input) => {
        const { transactions, unread } = readPaymentReturn(write('pacs.004.001.09', input));
        expect(unread).toEqual([]);
        expect(
          transactions.map(({ amount, currency, uetr, original }) => ({ amount, currency, uetr, original })),
        ).toEqual(
          input.transactions.map((given) => ({
            ...amountOf(given['amount']),
            ...{ uetr: given['uetr'], original: meaning(given['originalAmount']) },
          })),
        );
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('camt.054 credits what was given', () => {
    fc.assert(
      fc.property(inputOf('camt.054.001.08'), (input) => {
        const { accounts, unread } = readCreditNotification(write('camt.054.001.08', input));
        expect(unread).toEqual([]);
        expect(accounts.map(({ account, entries }) => ({ account, entries }))).toEqual(
          input.accounts.map(({ account, entries }) => ({ account, entries: entriesOf(entries) })),
        );
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('camt.053 tells of each account what was given: page, number, days, balances and entries', () => {
    fc.assert(
      fc.property(inputOf('camt.053.001.08'), (input) => {
        const { sha256: _file, ...read } = readBankStatement(write('camt.053.001.08', input));
        expect(read).toEqual({
          ...{ type: 'BANK_STATEMENT', definition: 'camt.053.001.08', unread: [] },
          ...shared(input, ['messageId', 'createdAt', 'page']),
          accounts: input.statements.map(({ number, period, balances, entries, ...given }) => ({
            ...{ ...shared(given, ['statementId', 'account', 'page']), isCopy: false, unread: [] },
            ...(number === undefined ? {} : { sequence: String(number) }),
            ...(period === undefined ? {} : { from: period.from.slice(0, 10) }),
            balances: balances.map(({ balance: kind, amount, creditDebit, date }) => ({
              ...{ kind, isInterim: false, ...amountOf(amount), creditDebit, date },
            })),
            entries: entriesOf(entries),
          })),
        });
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
