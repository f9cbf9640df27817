/** Bank statements, camt.053.001: what is read of them, how pages come together, and whether they add up. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  readBankStatement,
  readCreditNotification,
  STATEMENT_FAULTS,
  statementsIn,
  type BankStatement,
  type StatementFault,
} from '../../../client/src/documents/index.js';
import { changed, dealFile, refusalOf, sharedDataFor } from './support.js';
import { validate } from './validate.js';

const GOOD = readFileSync(path.resolve(__dirname, '../../fixtures/messages/camt.053.001.08.xml'), 'utf8');
const UETR = 'f6fadfa7-e5c1-4b62-9362-da5cc13da58a';
const BODY = '/Document/BkToCstmrStmt';
const STATEMENT = `${BODY}/Stmt`;
const ACCOUNT = { scheme: 'OTHER', id: 'DEMO-ICBC-RIOTINTO-USD-01' };
const textOf = (name: string, xml = GOOD): string => new RegExp(`<${name}>[^]*?</${name}>`).exec(xml)?.[0] ?? '';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const statementText = textOf('Stmt');
const openingText = textOf('Bal');
const creditText = textOf('Ntry');
const closingText = textOf('Bal', GOOD.slice(GOOD.indexOf(openingText) + openingText.length));

const faultsOf = (...messages: readonly string[]): readonly StatementFault[] =>
  statementsIn(messages.map((each) => readBankStatement(each))).flatMap(({ faults }) => faults);

const REFUSED: readonly [what: string, document: string | Uint8Array, code: string, path: string][] = [
  ['a version that is not read', changed(GOOD, '053.001.08', '053.001.02'), 'DOCUMENT_NAMESPACE', '/Document'],
  ['another message', dealFile('payments/rio-tinto-usd.camt.054.xml'), 'DOCUMENT_NAMESPACE', '/Document'],
  ['no message id', changed(GOOD, /<MsgId>.*<\/MsgId>/, ''), 'DOCUMENT_FIELD_MISSING', `${BODY}/GrpHdr/MsgId`],
  [
    'no date',
    changed(GOOD, '2027-03-23T23:10', '2027-02-29T23:10'),
    'DOCUMENT_FIELD_INVALID',
    `${BODY}/GrpHdr/CreDtTm`,
  ],
  ['no statement', changed(GOOD, statementText, ''), 'DOCUMENT_FIELD_MISSING', `${BODY}/Stmt`],
  [
    'two messages in it',
    changed(GOOD, /<Document[^]*/, (text) => `<E>${text}${text}</E>`),
    'DOCUMENT_FIELD_REPEATED',
    '/E/Document',
  ],
  ['50 MB', Buffer.alloc(50_000_000, GOOD), 'DOCUMENT_TOO_LARGE', ''],
  ['more than 1 MB', GOOD + ' '.repeat(1_000_000), 'DOCUMENT_TOO_LARGE', ''],
  ['nesting without end', '<a>'.repeat(10_000) + '</a>'.repeat(10_000), 'DOCUMENT_TOO_DEEP', ''],
  ['an encoding that is not read', bytes(changed(GOOD, 'UTF-8', 'EBCDIC-CP-US')), 'DOCUMENT_ENCODING', ''],
  ['bytes that are not UTF-8', Uint8Array.from([...bytes(GOOD), 0xff]), 'DOCUMENT_NOT_UTF8', ''],
  ['a DOCTYPE', changed(GOOD, '?>', '?><!DOCTYPE Document [<!ENTITY a "1">]>'), 'DOCUMENT_DOCTYPE', ''],
  ['an entity of its own', changed(GOOD, '>58<', '>&number;<'), 'DOCUMENT_DOCTYPE', ''],
  ['nothing in it', '', 'DOCUMENT_EMPTY', ''],
];

/** Changes after which the whole part of the account cannot be read, and the place that says why. */
const UNREAD: readonly [what: string, xml: string, code: string, path: string][] = [
  ['no id', changed(GOOD, /<Id>ICBC-STMT.*<\/Id>/, ''), 'DOCUMENT_FIELD_MISSING', `${STATEMENT}/Id`],
  ['no account', changed(GOOD, /<Acct>[^]*<\/Acct>/, ''), 'DOCUMENT_FIELD_MISSING', `${STATEMENT}/Acct`],
  ['no balance', changed(GOOD, /<Bal>[^]*<\/Bal>/, ''), 'DOCUMENT_FIELD_MISSING', `${STATEMENT}/Bal`],
  [
    'a balance with a sign',
    changed(GOOD, '>1250.00<', '>-1250.00<'),
    'DOCUMENT_FIELD_INVALID',
    `${STATEMENT}/Bal[1]/Amt`,
  ],
  [
    'a balance without direction',
    changed(GOOD, openingText, openingText.replace(/<CdtDbtInd>.*<\/CdtDbtInd>/, '')),
    'DOCUMENT_FIELD_MISSING',
    `${STATEMENT}/Bal[1]/CdtDbtInd`,
  ],
  [
    'a balance of no day',
    changed(GOOD, openingText, openingText.replace('-23<', '-32<')),
    'DOCUMENT_FIELD_INVALID',
    `${STATEMENT}/Bal[1]/Dt/Dt`,
  ],
  ['a number that is none', changed(GOOD, '>58<', '>58a<'), 'DOCUMENT_FIELD_INVALID', `${STATEMENT}/ElctrncSeqNb`],
  [
    'a page that is none',
    changed(GOOD, '<ElctrncSeqNb>', '<StmtPgntn><PgNb>one</PgNb><LastPgInd>true</LastPgInd></StmtPgntn><ElctrncSeqNb>'),
    'DOCUMENT_FIELD_INVALID',
    `${STATEMENT}/StmtPgntn/PgNb`,
  ],
];

/** What keeps a statement from being relied on, and the fault that says so. */
const FAULTS: readonly [what: string, xml: string, fault: StatementFault][] = [
  ['an entry is left out', changed(GOOD, creditText, ''), 'BALANCE_DIFFERS'],
  ['an entry stands there twice', changed(GOOD, creditText, creditText + creditText), 'BALANCE_DIFFERS'],
  ['an amount is another', changed(GOOD, '>50.00<', '>50.01<'), 'BALANCE_DIFFERS'],
  ['a direction is another', changed(GOOD, creditText, creditText.replace('CRDT', 'DBIT')), 'BALANCE_DIFFERS'],
  ['a booked entry is only pending', changed(GOOD, 'BOOK</Cd>\n        </Sts>', 'PDNG</Cd></Sts>'), 'BALANCE_DIFFERS'],
  ['an overdrawn account is not', changed(GOOD, openingText, openingText.replace('DBIT', 'CRDT')), 'BALANCE_DIFFERS'],
  ['there is no opening balance', changed(GOOD, 'OPBD', 'ITBD'), 'BALANCE_MISSING'],
  ['there is no closing balance', changed(GOOD, 'CLBD', 'ITBD'), 'BALANCE_MISSING'],
  [
    'there are two closing balances',
    changed(GOOD, closingText, closingText + closingText.replace('299', '298')),
    'BALANCE_REPEATED',
  ],
  [
    'there are two opening balances',
    changed(GOOD, openingText, openingText + openingText.replace('>1', '>2')),
    'BALANCE_REPEATED',
  ],
  ['an entry is in another currency', changed(GOOD, 'Ccy="USD">50.00', 'Ccy="CNY">50.00'), 'STATEMENT_CURRENCY'],
  [
    'it closes in another currency',
    changed(GOOD, closingText, closingText.replace('USD', 'CNY')),
    'STATEMENT_CURRENCY',
  ],
  ['an entry cannot be read', changed(GOOD, 'Ccy="USD">50.00', 'Ccy="XXX">50.00'), 'PART_UNREADABLE'],
];

/** The statement on several pages, of which each carries some of its parts. */
function page(number: number, last: boolean, text: string): string {
  const pagination = `<StmtPgntn><PgNb>${String(number)}</PgNb><LastPgInd>${String(last)}</LastPgInd></StmtPgntn>`;
  return changed(GOOD, statementText, changed(text, '<ElctrncSeqNb>', `${pagination}<ElctrncSeqNb>`));
}
const interim = (kind: string, amount: string): string =>
  closingText
    .replace('CLBD</Cd>\n          </CdOrPrtry>', `${kind}</Cd></CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp>`)
    .replace('29998700.00', amount);
const PAGES = [
  page(
    1,
    false,
    changed(statementText, closingText, interim('CLBD', '29998750.00')).replace(/<Ntry>\s*<Amt[^]*<\/Ntry>/, ''),
  ),
  page(2, true, changed(statementText, openingText, interim('OPBD', '29998750.00')).replace(creditText, '')),
] as const;

describe('A bank statement', () => {
  it('is read whole', () => {
    const statement = readBankStatement(GOOD);
    const { accounts, ...head } = statement;
    expect(head).toEqual({
      type: 'BANK_STATEMENT',
      definition: 'camt.053.001.08',
      messageId: 'ICBC-CAMT053-20270323-001',
      createdAt: '2027-03-23T23:10:00+08:00',
      unread: [],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const balance = { isInterim: false, currency: 'USD', date: '2027-03-23' };
    const fee = {
      amount: '50.00',
      currency: 'USD',
      creditDebit: 'DBIT',
      reversal: false,
      isAbridged: false,
      details: [],
    };
    expect(accounts).toEqual([
      {
        ...{
          statementId: 'ICBC-STMT-20270323-USD',
          account: ACCOUNT,
          sequence: '58',
          from: '2027-03-23',
          isCopy: false,
        },
        balances: [
          { ...balance, kind: 'OPBD', amount: '1250.00', creditDebit: 'DBIT' },
          { ...balance, kind: 'CLBD', amount: '29998700.00', creditDebit: 'CRDT' },
        ],
        entries: [
          readCreditNotification(
            GOOD.replaceAll('camt.053', 'camt.054')
              .replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn')
              .replaceAll('Stmt>', 'Ntfctn>'),
          ).accounts[0]?.entries[0],
          { ...fee, status: 'BOOK', bookingDate: '2027-03-23' },
          { ...fee, status: 'PDNG', amount: '700.00' },
        ],
        unread: [],
      },
    ]);
  });

  it.each(REFUSED)('with %s is refused', (_what, document, code, place) => {
    expect(refusalOf(() => readBankStatement(document))).toEqual([code, expect.stringContaining(place)]);
  });

  it.each(UNREAD)('with %s is listed as unread, with the payments that it names', (_what, xml, code, place) => {
    const { accounts, unread } = readBankStatement(xml);
    expect([accounts, unread.map(({ problem, uetrs }) => [problem.code, problem.data.path, uetrs])]).toEqual([
      [],
      [[code, place, [UETR]]],
    ]);
  });

  it('takes nothing from other accounts where one cannot be read', () => {
    const broken = changed(statementText, /<Acct>[^]*<\/Acct>/, '');
    const { accounts, unread } = readBankStatement(changed(GOOD, statementText, broken + statementText));
    expect([accounts.length, unread.map(({ problem }) => problem.data.path)]).toEqual([1, [`${BODY}/Stmt[1]/Acct`]]);
  });

  it('may have its balances of an instant, its account by IBAN, and the form of version 04', () => {
    const older = changed(GOOD, '053.001.08', '053.001.04').replaceAll(
      /<Sts>\s*<Cd>(.*)<\/Cd>\s*<\/Sts>/g,
      '<Sts>$1</Sts>',
    );
    const iban = changed(older, /<Othr>[^]*?<\/Othr>/, '<IBAN>DE89370400440532013000</IBAN>');
    const instants = iban.replaceAll(/<Dt>\s*<Dt>(.*)<\/Dt>\s*<\/Dt>/g, '<Dt><DtTm>$1T23:59:59+08:00</DtTm></Dt>');
    const [whole] = statementsIn(readBankStatement(instants));
    expect(whole).toMatchObject({
      ...{ account: { scheme: 'IBAN', id: 'DE89370400440532013000' }, to: '2027-03-23', faults: [] },
    });
  });
});

describe('A statement put together', () => {
  it('has its balances, its days, and no fault where it adds up', () => {
    expect(statementsIn(readBankStatement(GOOD))).toMatchObject([
      {
        ...{
          account: ACCOUNT,
          statementId: 'ICBC-STMT-20270323-USD',
          sequence: '58',
          from: '2027-03-23',
          to: '2027-03-23',
        },
        ...{ opening: { amount: '1250.00', creditDebit: 'DBIT' }, closing: { amount: '29998700.00' }, faults: [] },
      },
    ]);
  });

  it.each(FAULTS)('says it where %s', (_what, xml, fault) => {
    expect(faultsOf(xml)).toEqual([fault]);
  });

  it('opens with the closing balance of the day before, where its bank tells no other', () => {
    expect(faultsOf(changed(GOOD, 'OPBD', 'PRCD'))).toEqual([]);
    expect(
      faultsOf(changed(GOOD, openingText, openingText + openingText.replace('OPBD', 'PRCD').replace('-23<', '-22<'))),
    ).toEqual([]);
  });

  it('says nothing of a reversal that adds up', () => {
    const reversal = creditText.replace('CRDT', 'DBIT').replace('<Sts>', '<RvslInd>true</RvslInd><Sts>');
    const both = changed(GOOD, creditText, creditText + creditText + reversal);
    expect(faultsOf(both)).toEqual([]);
  });

  it('is of all its pages, in any order, and of nothing less', () => {
    const [first, second] = PAGES;
    for (const pages of [
      [first, second],
      [second, first],
    ]) {
      const wholes = statementsIn(pages.map((each) => readBankStatement(each)));
      expect(wholes).toMatchObject([
        { faults: [], opening: { amount: '1250.00' }, closing: { amount: '29998700.00' } },
      ]);
      expect(wholes[0]?.entries.map(({ amount }) => amount)).toEqual(['30000000.00', '50.00', '700.00']);
    }
    for (const pages of [[first], [second], [first, first], [first, second, second]])
      expect(faultsOf(...pages)).toEqual(['PAGES_MISSING']);
    expect(faultsOf(GOOD, GOOD)).toEqual(['PAGES_MISSING']);
  });

  it('is not put together of the pages of two accounts', () => {
    const [first, second] = PAGES;
    expect(faultsOf(first, changed(second, 'RIOTINTO-USD-01', 'RIOTINTO-USD-02'))).toEqual([
      'PAGES_MISSING',
      'PAGES_MISSING',
    ]);
  });

  it('may be a page of a message about several accounts', () => {
    const paged = (number: number, account: string): BankStatement =>
      readBankStatement(
        changed(
          GOOD,
          '</GrpHdr>',
          `<MsgPgntn><PgNb>${String(number)}</PgNb><LastPgInd>${String(number === 2)}</LastPgInd></MsgPgntn></GrpHdr>`,
        ).replace('USD-01', account),
      );
    expect(statementsIn([paged(2, 'USD-02'), paged(1, 'USD-01')]).map(({ faults }) => faults)).toEqual([[], []]);
  });

  it('has a sentence for every fault, which says what to do', () => {
    for (const sentence of Object.values(STATEMENT_FAULTS))
      expect(sentence).toMatch(/^[A-Z].+(Ask|Read|Get|Give) .+\.$/);
  });
});

const published = sharedDataFor('validation of the bank statement against its ISO 20022 schema') ? it : it.skip;
published('The statements that the tests read are valid', async () => {
  for (const xml of [GOOD, ...PAGES])
    expect(await validate(xml, 'camt.053.001.08.xsd')).toEqual({ valid: true, errors: [] });
});
