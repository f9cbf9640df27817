/** Credit notifications, camt.054.001, and the one credit that proves a payment. */
import { describe, expect, it } from '@jest/globals';
import { creditFor, readCreditNotification, type NoProof } from '../../../client/src/documents/index.js';
import { changed, dealFile, refusalOf } from './support.js';

const GOOD = dealFile('payments/rio-tinto-usd.camt.054.xml');
const UETR = /<UETR>(.*)<\/UETR>/.exec(GOOD)?.[1] ?? '';
const BODY = '/Document/BkToCstmrDbtCdtNtfctn';
const ENTRY = `${BODY}/Ntfctn/Ntry`;
const notificationText = /<Ntfctn>[^]*<\/Ntfctn>/.exec(GOOD)?.[0] ?? '';
const entryText = /<Ntry>[^]*<\/Ntry>/.exec(GOOD)?.[0] ?? '';
const detailText = /<TxDtls>[^]*<\/TxDtls>/.exec(GOOD)?.[0] ?? '';
const OTHER = '5e4f7f0e-9d6b-4c53-8a3e-0d9f3f6f2b11';
const otherAccount = '<Othr><Id>DEMO-2</Id></Othr>';

const REFUSED: readonly [what: string, xml: string, code: string, path: string][] = [
  ['a version before UETRs', changed(GOOD, 'camt.054.001.08', 'camt.054.001.02'), 'DOCUMENT_NAMESPACE', '/Document'],
  ['no message id', changed(GOOD, /<MsgId>.*<\/MsgId>/, ''), 'DOCUMENT_FIELD_MISSING', `${BODY}/GrpHdr/MsgId`],
  ['no notification', changed(GOOD, notificationText, ''), 'DOCUMENT_FIELD_MISSING', `${BODY}/Ntfctn`],
];

/** Changes after which the part that names the payment cannot be read, and the place that says why. */
const UNREAD: readonly [what: string, xml: string, code: string, path: string][] = [
  ['no account', changed(GOOD, /<Acct>[^]*<\/Acct>/, ''), 'DOCUMENT_FIELD_MISSING', `${BODY}/Ntfctn/Acct`],
  [
    'two accounts',
    changed(GOOD, '<Othr>', `<IBAN>DE89370400440532013000</IBAN><Othr>`),
    'DOCUMENT_FIELD_REPEATED',
    `${BODY}/Ntfctn/Acct/Id`,
  ],
  [
    'the same account twice',
    changed(GOOD, '<Othr>', `${otherAccount}<Othr>`),
    'DOCUMENT_FIELD_REPEATED',
    `${BODY}/Ntfctn/Acct/Id/Othr`,
  ],
  ['no amount', changed(GOOD, /<Amt Ccy="USD">.*<\/Amt>/, ''), 'DOCUMENT_FIELD_MISSING', `${ENTRY}/Amt`],
  ['a direction that is none', changed(GOOD, '>CRDT<', '>IN<'), 'DOCUMENT_FIELD_INVALID', `${ENTRY}/CdtDbtInd`],
  [
    'a reversal that is neither',
    changed(GOOD, '<Sts>', '<RvslInd>maybe</RvslInd><Sts>'),
    'DOCUMENT_FIELD_INVALID',
    `${ENTRY}/RvslInd`,
  ],
  [
    'a value date that does not exist',
    changed(GOOD, /(<ValDt>\s*<Dt>)2027-03-23/, '$12027-02-29'),
    'DOCUMENT_FIELD_INVALID',
    `${ENTRY}/ValDt/Dt`,
  ],
  [
    'two forms of a value date',
    changed(GOOD, '</Dt>\n        </ValDt>', '</Dt><DtTm>2027-03-23T00:00:00Z</DtTm></ValDt>'),
    'DOCUMENT_FIELD_REPEATED',
    `${ENTRY}/ValDt`,
  ],
  [
    'a UETR in upper case',
    changed(GOOD, UETR, UETR.toUpperCase()),
    'DOCUMENT_FIELD_INVALID',
    `${ENTRY}/NtryDtls/TxDtls/Refs/UETR`,
  ],
];

/** A second entry, of another payment. */
const other = (text: string): string => text.replaceAll(UETR, OTHER).replaceAll('-001<', '-002<');

/** Changes after which the money is not proven to be there, and why. */
const NO_CREDIT: readonly [what: string, reason: NoProof, xml: string][] = [
  ['is pending', 'NOT_BOOKED', changed(GOOD, '<Cd>BOOK</Cd>\n        </Sts>', '<Cd>PDNG</Cd></Sts>')],
  ["has a status of the bank's own", 'NOT_BOOKED', changed(GOOD, '<Cd>BOOK</Cd>', '<Prtry>BOOK</Prtry>')],
  ['is a debit', 'NOT_A_CREDIT', GOOD.replaceAll('CRDT', 'DBIT')],
  ['has a debit as its detail', 'NOT_A_CREDIT', changed(GOOD, detailText, detailText.replace('CRDT', 'DBIT'))],
  ['is a reversal', 'NOT_A_CREDIT', changed(GOOD, '<Sts>', '<RvslInd>true</RvslInd><Sts>')],
  ['names no UETR', 'UETR_NOT_NAMED', changed(GOOD, `<UETR>${UETR}</UETR>`, '')],
  ['names another UETR', 'UETR_NOT_NAMED', GOOD.replaceAll(UETR, OTHER)],
  ['stands there twice', 'UETR_REPEATED', changed(GOOD, entryText, entryText + entryText)],
  ['is named twice in one entry', 'UETR_REPEATED', changed(GOOD, detailText, detailText + detailText)],
  [
    'is larger than its entry',
    'DETAILS_EXCEED_ENTRY',
    changed(GOOD, entryText, entryText.replace('>30000000.00<', '>30000.00<')),
  ],
  [
    'is in another currency than its entry',
    'CURRENCY_DIFFERS',
    changed(GOOD, entryText, entryText.replace('Ccy="USD"', 'Ccy="CNY"')),
  ],
  [
    'is debited again',
    'TAKEN_BACK',
    changed(GOOD, entryText, entryText + other(entryText).replaceAll(OTHER, UETR).replaceAll('CRDT', 'DBIT')),
  ],
  [
    'is debited again on another account of the message',
    'TAKEN_BACK',
    changed(
      GOOD,
      notificationText,
      notificationText + notificationText.replace('DEMO-ICBC', 'DEMO-2').replaceAll('CRDT', 'DBIT'),
    ),
  ],
  [
    'is debited again by the id that the bank gave it',
    'TAKEN_BACK',
    changed(
      GOOD,
      entryText,
      entryText +
        entryText.replace(`<UETR>${UETR}</UETR>`, '').replaceAll('-NTRY-', '-OTHER-').replaceAll('CRDT', 'DBIT'),
    ),
  ],
  [
    'is reversed by an entry without details that names its reference',
    'TAKEN_BACK',
    changed(
      GOOD,
      entryText,
      entryText +
        entryText
          .replace(/<NtryDtls>[^]*<\/NtryDtls>/, '')
          .replace('>CRDT<', '>DBIT<')
          .replace('<Sts>', '<RvslInd>true</RvslInd><Sts>'),
    ),
  ],
  [
    'is a return',
    'CREDIT_IS_A_RETURN',
    changed(GOOD, '</TxDtls>', '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>'),
  ],
  [
    'is a return by its code',
    'CREDIT_IS_A_RETURN',
    changed(
      GOOD,
      '<NtryDtls>',
      '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>',
    ).replace(/<BkTxCd>(?!<Domn><Cd>PMNT<\/Cd><Fmly><Cd>RCDT<\/Cd><SubFmlyCd>RRTN)[^]*?<\/BkTxCd>/, ''),
  ],
  [
    'is one of two and the other one is not told',
    'NOT_ITEMISED',
    changed(GOOD, '<NtryDtls>', '<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>'),
  ],
  [
    'is on the first of two pages',
    'PAGES_MISSING',
    changed(GOOD, '</GrpHdr>', '<MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>'),
  ],
];

describe('A credit notification', () => {
  it('is read whole', () => {
    expect(readCreditNotification(GOOD)).toEqual({
      type: 'CREDIT_NOTIFICATION',
      definition: 'camt.054.001.08',
      messageId: 'ICBC-CAMT054-20270323-001',
      createdAt: '2027-03-23T10:21:00+08:00',
      accounts: [
        {
          account: { scheme: 'OTHER', id: 'DEMO-ICBC-RIOTINTO-USD-01' },
          entries: [
            {
              reference: 'ICBC-NTRY-20270323-001',
              servicerReference: 'ICBC-BOOK-20270323-001',
              amount: '30000000.00',
              currency: 'USD',
              creditDebit: 'CRDT',
              reversal: false,
              status: 'BOOK',
              isAbridged: false,
              bookingDate: '2027-03-23',
              valueDate: '2027-03-23',
              details: [
                {
                  uetr: UETR,
                  endToEndId: 'AT-PAY-20270323-001',
                  instructionId: 'AT-INSTR-20270323-001',
                  transactionId: 'ICBC-TX-20270323-001',
                  amount: '30000000.00',
                  currency: 'USD',
                  creditDebit: 'CRDT',
                  isReturn: false,
                },
              ],
            },
          ],
        },
      ],
      unread: [],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each(REFUSED)('with %s is refused', (_what, xml, code, place) => {
    expect(refusalOf(() => readCreditNotification(xml))).toEqual([code, place]);
  });

  it('may name its account by IBAN', () => {
    const iban = changed(GOOD, /<Othr>\s*<Id>DEMO.*<\/Id>\s*<\/Othr>/, '<IBAN>DE89370400440532013000</IBAN>');
    expect(readCreditNotification(iban).accounts[0]?.account).toEqual({ scheme: 'IBAN', id: 'DE89370400440532013000' });
  });

  it('dates an entry by the day that its bank wrote, not by the day in another time zone', () => {
    const late = changed(GOOD, /(<ValDt>\s*)<Dt>2027-03-23<\/Dt>/, '$1<DtTm>2027-03-23T00:30:00+08:00</DtTm>');
    expect(readCreditNotification(late).accounts[0]?.entries[0]?.valueDate).toBe('2027-03-23');
  });

  it('proves the one credit with a UETR', () => {
    const notification = readCreditNotification(GOOD);
    expect(creditFor(notification, UETR).credit).toStrictEqual({
      uetr: UETR,
      endToEndId: 'AT-PAY-20270323-001',
      account: { scheme: 'OTHER', id: 'DEMO-ICBC-RIOTINTO-USD-01' },
      reference: 'AcctSvcrRef ICBC-BOOK-20270323-001',
      amount: '30000000.00',
      currency: 'USD',
      valueDate: '2027-03-23',
      bookingDate: '2027-03-23',
      sha256: notification.sha256,
    });
  });

  it.each(UNREAD)(
    'with %s in the part that names the payment proves nothing, and says where',
    (_what, xml, code, path) => {
      const { reason, problem } = creditFor(readCreditNotification(xml), UETR);
      expect([reason, problem?.code, problem?.data.path]).toEqual(['PART_UNREADABLE', code, path]);
    },
  );

  it.each(UNREAD)('with %s in another part proves the payment all the same', (what, xml) => {
    const inAccount = /account/.test(what);
    const broken = other((inAccount ? /<Ntfctn>[^]*<\/Ntfctn>/ : /<Ntry>[^]*<\/Ntry>/).exec(xml)?.[0] ?? '').replaceAll(
      UETR.toUpperCase(),
      OTHER.toUpperCase(),
    );
    const [whole, place] = inAccount ? [notificationText, 'Ntfctn'] : [entryText, 'Ntry'];
    const both = readCreditNotification(changed(GOOD, whole, broken + whole));
    expect(both.unread.map(({ problem }) => problem.data.path?.includes(`/${place}[1]`))).toEqual([true]);
    expect(creditFor(both, UETR).credit?.amount).toBe('30000000.00');
  });

  it('proves nothing beside an entry that cannot be read and has one of its references', () => {
    const reversal = entryText
      .replace(/<NtryDtls>[^]*<\/NtryDtls>/, '')
      .replace('>CRDT<', '>DBIT<')
      .replace('Ccy="USD"', 'Ccy="XXX"')
      .replace(/<NtryRef>.*<\/NtryRef>/, '');
    const { reason, problem } = creditFor(readCreditNotification(changed(GOOD, entryText, entryText + reversal)), UETR);
    expect([reason, problem?.data.path]).toEqual(['PART_UNREADABLE', `${ENTRY}[2]/Amt/@Ccy`]);
  });

  const servicerText = '<AcctSvcrRef>ICBC-BOOK-20270323-001</AcctSvcrRef>';
  const unnamed = changed(GOOD, servicerText, '');
  const inDetail = (reference: string): string =>
    changed(GOOD, '<Refs>', `<Refs><AcctSvcrRef>${reference}</AcctSvcrRef>`);
  const detailOf = (xml: string): string => /<TxDtls>[^]*<\/TxDtls>/.exec(xml)?.[0] ?? '';
  const two = (xml: string): string =>
    changed(xml, detailOf(xml), detailOf(xml).replaceAll('30000000', '15000000').repeat(2).replace(UETR, OTHER));
  it.each([
    ['by the reference of the payment, if the bank gives one', inDetail('PART-7'), 'AcctSvcrRef PART-7'],
    ['by that of its entry, if the other is none', inDetail('NONREF'), 'AcctSvcrRef ICBC-BOOK-20270323-001'],
    ['by the UETR, where the bank gives none', unnamed, `UETR ${UETR}`],
    ['by the UETR, where the entry holds several payments', two(GOOD), `UETR ${UETR}`],
    [
      'as before where the message is repeated',
      changed(GOOD, /<MsgId>.*<\/MsgId>/, '<MsgId>AGAIN</MsgId>'),
      'AcctSvcrRef ICBC-BOOK-20270323-001',
    ],
  ])('tells a credit from others %s', (_how, xml, reference) => {
    expect(creditFor(readCreditNotification(xml), UETR).credit?.reference).toBe(reference);
  });

  it('tells the payments of one entry apart where their bank repeats one reference for each of them', () => {
    const repeated = readCreditNotification(two(inDetail('ICBC-BOOK-20270323-001')));
    const references = [UETR, OTHER].map((uetr) => creditFor(repeated, uetr).credit?.reference);
    expect(references).toEqual([`UETR ${UETR}`, `UETR ${OTHER}`]);
  });

  it('takes the amount of the entry when its only detail names none, and no amount when there are two', () => {
    const bare = detailText.replace(/<Amt.*<\/Amt>/, '');
    expect(creditFor(readCreditNotification(changed(GOOD, detailText, bare)), UETR).credit?.amount).toBe('30000000.00');
    const two = readCreditNotification(changed(GOOD, detailText, bare + bare.replace(UETR, OTHER)));
    expect(creditFor(two, UETR)).toEqual({ reason: 'AMOUNT_NOT_TOLD' });
  });

  it('is read from all its pages, in any order, and from nothing less', () => {
    const page = (text: string, number: number, last: boolean): ReturnType<typeof readCreditNotification> =>
      readCreditNotification(
        changed(
          text,
          '</GrpHdr>',
          `<MsgPgntn><PgNb>${String(number)}</PgNb><LastPgInd>${String(last)}</LastPgInd></MsgPgntn></GrpHdr>`,
        ),
      );
    const second = page(GOOD.replaceAll(UETR, OTHER).replaceAll('-001<', '-002<'), 2, true);
    expect(creditFor([second, page(GOOD, 1, false)], UETR).credit?.amount).toBe('30000000.00');
    expect(creditFor(page(GOOD, 1, true), UETR).credit?.amount).toBe('30000000.00');
    const takenBack = page(GOOD.replaceAll('CRDT', 'DBIT'), 2, true);
    expect(creditFor([page(GOOD, 1, false), takenBack], UETR)).toEqual({ reason: 'TAKEN_BACK' });
    for (const pages of [[second], [page(GOOD, 1, false), page(GOOD.replaceAll(UETR, OTHER), 3, true)]])
      expect(creditFor(pages, UETR).reason).toBe('PAGES_MISSING');
    const unnumbered = readCreditNotification(GOOD.replaceAll(UETR, OTHER).replaceAll('-001<', '-002<'));
    expect(creditFor([readCreditNotification(GOOD), unnumbered], UETR)).toEqual({ reason: 'PAGES_MISSING' });
  });

  it.each(NO_CREDIT)('that %s proves nothing: %s', (_what, reason, xml) => {
    expect(creditFor(readCreditNotification(xml), UETR)).toEqual({ reason });
  });
});
