/** Credit notifications, camt.054.001.08, and the one credit that proves a payment. */
import { describe, expect, it } from '@jest/globals';
import { creditFor, readCreditNotification } from '../../../client/src/documents/index.js';
import { changed, dealFile, refusalOf } from './support.js';

const GOOD = dealFile('payments/rio-tinto-usd.camt.054.xml');
const UETR = /<UETR>(.*)<\/UETR>/.exec(GOOD)?.[1] ?? '';
const BODY = '/Document/BkToCstmrDbtCdtNtfctn';
const ENTRY = `${BODY}/Ntfctn/Ntry`;
const notificationText = /<Ntfctn>[^]*<\/Ntfctn>/.exec(GOOD)?.[0] ?? '';
const entryText = /<Ntry>[^]*<\/Ntry>/.exec(GOOD)?.[0] ?? '';
const detailText = /<TxDtls>[^]*<\/TxDtls>/.exec(GOOD)?.[0] ?? '';
const otherAccount = '<Othr><Id>DEMO-2</Id></Othr>';

const REFUSED: readonly [what: string, xml: string, code: string, path: string][] = [
  ['another version', changed(GOOD, 'camt.054.001.08', 'camt.054.001.04'), 'DOCUMENT_NAMESPACE', '/Document'],
  ['no message id', changed(GOOD, /<MsgId>.*<\/MsgId>/, ''), 'DOCUMENT_FIELD_MISSING', `${BODY}/GrpHdr/MsgId`],
  ['no notification', changed(GOOD, notificationText, ''), 'DOCUMENT_FIELD_MISSING', `${BODY}/Ntfctn`],
  [
    'two notifications',
    changed(GOOD, notificationText, notificationText + notificationText),
    'DOCUMENT_FIELD_REPEATED',
    `${BODY}/Ntfctn`,
  ],
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
  ['no entry', changed(GOOD, entryText, ''), 'DOCUMENT_FIELD_MISSING', `${BODY}/Ntfctn/Ntry`],
  ['no amount', changed(GOOD, /<Amt Ccy="USD">.*<\/Amt>/, ''), 'DOCUMENT_FIELD_MISSING', `${ENTRY}/Amt`],
  ['a direction that is none', changed(GOOD, '>CRDT<', '>IN<'), 'DOCUMENT_FIELD_INVALID', `${ENTRY}/CdtDbtInd`],
  [
    "a status of the bank's own",
    changed(GOOD, '<Cd>BOOK</Cd>', '<Prtry>BOOK</Prtry>'),
    'DOCUMENT_FIELD_MISSING',
    `${ENTRY}/Sts/Cd`,
  ],
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
  ['a UETR that is none', changed(GOOD, UETR, 'x'), 'DOCUMENT_FIELD_INVALID', `${ENTRY}/NtryDtls/TxDtls/Refs/UETR`],
];

/** Changes after which the money is not proven to be there. */
const NO_CREDIT: readonly [what: string, xml: string][] = [
  ['pending', changed(GOOD, '<Cd>BOOK</Cd>\n        </Sts>', '<Cd>PDNG</Cd></Sts>')],
  ['a debit', GOOD.replaceAll('CRDT', 'DBIT')],
  ['a debit in its detail', changed(GOOD, detailText, detailText.replace('CRDT', 'DBIT'))],
  ['a reversal', changed(GOOD, '<Sts>', '<RvslInd>true</RvslInd><Sts>')],
  ['without the UETR', changed(GOOD, `<UETR>${UETR}</UETR>`, '')],
  ['booked twice', changed(GOOD, entryText, entryText + entryText)],
  ['named twice in one entry', changed(GOOD, detailText, detailText + detailText)],
  ['larger than its entry', changed(GOOD, entryText, entryText.replace('>30000000.00<', '>30000.00<'))],
  ['in another currency than its entry', changed(GOOD, entryText, entryText.replace('Ccy="USD"', 'Ccy="CNY"'))],
];

describe('A credit notification', () => {
  it('is read whole', () => {
    expect(readCreditNotification(GOOD)).toEqual({
      type: 'CREDIT_NOTIFICATION',
      messageId: 'ICBC-CAMT054-20270323-001',
      createdAt: '2027-03-23T10:21:00+08:00',
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
            },
          ],
        },
      ],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each(REFUSED)('with %s is refused', (_what, xml, code, place) => {
    expect(refusalOf(() => readCreditNotification(xml))).toEqual([code, place]);
  });

  it('may name its account by IBAN', () => {
    const iban = changed(GOOD, /<Othr>\s*<Id>DEMO.*<\/Id>\s*<\/Othr>/, '<IBAN>DE89370400440532013000</IBAN>');
    expect(readCreditNotification(iban).account).toEqual({ scheme: 'IBAN', id: 'DE89370400440532013000' });
  });

  it('dates an entry by the day that its bank wrote, not by the day in another time zone', () => {
    const late = changed(GOOD, /(<ValDt>\s*)<Dt>2027-03-23<\/Dt>/, '$1<DtTm>2027-03-23T00:30:00+08:00</DtTm>');
    expect(readCreditNotification(late).entries[0]?.valueDate).toBe('2027-03-23');
  });

  it('proves the one credit with a UETR', () => {
    const notification = readCreditNotification(GOOD);
    expect(creditFor(notification, UETR)).toStrictEqual({
      uetr: UETR,
      account: { scheme: 'OTHER', id: 'DEMO-ICBC-RIOTINTO-USD-01' },
      amount: '30000000.00',
      currency: 'USD',
      valueDate: '2027-03-23',
      bookingDate: '2027-03-23',
      sha256: notification.sha256,
    });
  });

  it('takes the amount of the entry when its only detail names none, and no amount when there are two', () => {
    const bare = detailText.replace(/<Amt.*<\/Amt>/, '');
    const other = bare.replace(UETR, '5e4f7f0e-9d6b-4c53-8a3e-0d9f3f6f2b11');
    expect(creditFor(readCreditNotification(changed(GOOD, detailText, bare)), UETR)?.amount).toBe('30000000.00');
    expect(creditFor(readCreditNotification(changed(GOOD, detailText, bare + other)), UETR)).toBeUndefined();
  });

  it.each(NO_CREDIT)('proves nothing when the entry is %s', (_what, xml) => {
    expect(creditFor(readCreditNotification(xml), UETR)).toBeUndefined();
  });
});
