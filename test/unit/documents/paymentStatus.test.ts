/** Payment status reports, pacs.002.001. */
import { describe, expect, it } from '@jest/globals';
import { readPaymentStatus, statusFor } from '../../../client/src/documents/index.js';
import { changed, dealFile, refusalOf } from './support.js';

const GOOD = dealFile('payments/rio-tinto-usd.pacs.002.xml');
const UETR = /<OrgnlUETR>(.*)<\/OrgnlUETR>/.exec(GOOD)?.[1] ?? '';
const REPORT = '/Document/FIToFIPmtStsRpt';
const TRANSACTION = `${REPORT}/TxInfAndSts`;
const transactionText = /<TxInfAndSts>[^]*<\/TxInfAndSts>/.exec(GOOD)?.[0] ?? '';

const REFUSED: readonly [what: string, xml: string, code: string, path: string][] = [
  [
    'a version that is not read',
    changed(GOOD, 'pacs.002.001.10', 'pacs.002.001.02'),
    'DOCUMENT_NAMESPACE',
    '/Document',
  ],
  ['another message', dealFile('payments/rio-tinto-usd.camt.054.xml'), 'DOCUMENT_NAMESPACE', '/Document'],
  ['another body', GOOD.replaceAll('FIToFIPmtStsRpt', 'FIToFICstmrCdtTrf'), 'DOCUMENT_FIELD_MISSING', REPORT],
  ['no message id', changed(GOOD, /<MsgId>.*<\/MsgId>/, ''), 'DOCUMENT_FIELD_MISSING', `${REPORT}/GrpHdr/MsgId`],
  [
    'a time that is none',
    changed(GOOD, 'T10:11:00', 'T25:11:00'),
    'DOCUMENT_FIELD_INVALID',
    `${REPORT}/GrpHdr/CreDtTm`,
  ],
];

/** Changes after which the transaction cannot be read, and the place that says why. */
const UNREAD: readonly [what: string, xml: string, code: string, path: string][] = [
  ['no status', changed(GOOD, '<TxSts>ACCC</TxSts>', ''), 'DOCUMENT_FIELD_MISSING', `${TRANSACTION}/TxSts`],
  [
    'two statuses',
    changed(GOOD, '<TxSts>ACCC</TxSts>', '<TxSts>ACSP</TxSts><TxSts>ACCC</TxSts>'),
    'DOCUMENT_FIELD_REPEATED',
    `${TRANSACTION}/TxSts`,
  ],
  [
    'a UETR in upper case',
    changed(GOOD, UETR, UETR.toUpperCase()),
    'DOCUMENT_FIELD_INVALID',
    `${TRANSACTION}/OrgnlUETR`,
  ],
  [
    'an amount with three decimals',
    changed(GOOD, '>30000000.00<', '>30000000.001<'),
    'DOCUMENT_FIELD_INVALID',
    `${TRANSACTION}/OrgnlTxRef/IntrBkSttlmAmt`,
  ],
  [
    'an amount without currency',
    changed(GOOD, ' Ccy="USD"', ''),
    'DOCUMENT_FIELD_MISSING',
    `${TRANSACTION}/OrgnlTxRef/IntrBkSttlmAmt/@Ccy`,
  ],
  [
    'a wrong IBAN',
    changed(GOOD, /<Othr>\s*<Id>DEMO.*<\/Id>\s*<\/Othr>/, '<IBAN>DE89370400440532013001</IBAN>'),
    'DOCUMENT_FIELD_INVALID',
    `${TRANSACTION}/OrgnlTxRef/CdtrAcct/Id/IBAN`,
  ],
];

describe('A payment status report', () => {
  it('is read whole', () => {
    expect(readPaymentStatus(GOOD)).toEqual({
      type: 'PAYMENT_STATUS',
      definition: 'pacs.002.001.10',
      messageId: 'ICBC-PACS002-20270323-001',
      createdAt: '2027-03-23T10:11:00+08:00',
      groupStatuses: [],
      transactions: [
        {
          status: 'ACCC',
          uetr: UETR,
          endToEndId: 'AT-PAY-20270323-001',
          instructionId: 'AT-INSTR-20270323-001',
          transactionId: 'ICBC-TX-20270323-001',
          originalMessageId: 'ICBC-PACS008-20270323-001',
          amount: '30000000.00',
          currency: 'USD',
          settlementDate: '2027-03-23',
          creditorAccount: { scheme: 'OTHER', id: 'DEMO-ICBC-RIOTINTO-USD-01' },
          reasons: [],
          information: [],
        },
      ],
      unread: [],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each(REFUSED)('with %s is refused', (_what, xml, code, place) => {
    expect(refusalOf(() => readPaymentStatus(xml))).toEqual([code, place]);
  });

  it('tells a rejection with its reasons, and leaves absent what is absent', () => {
    const rejected = `<TxInfAndSts><OrgnlUETR>${UETR}</OrgnlUETR><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf><StsRsnInf><Rsn><Prtry>INSUFF</Prtry></Rsn><AddtlInf>not enough money</AddtlInf></StsRsnInf></TxInfAndSts>`;
    const [transaction] = readPaymentStatus(changed(GOOD, transactionText, rejected)).transactions;
    expect(transaction).toStrictEqual({
      ...{ uetr: UETR, status: 'RJCT', reasons: ['AC04', 'INSUFF'], information: ['not enough money'] },
    });
  });

  it('finds a payment by its UETR, unless the report names it twice or not at all', () => {
    const other = '5e4f7f0e-9d6b-4c53-8a3e-0d9f3f6f2b11';
    const twice = changed(GOOD, transactionText, transactionText + transactionText);
    const both = changed(GOOD, transactionText, transactionText + transactionText.replace(UETR, other));
    const found = (xml: string, uetr: string): string | undefined => {
      const { transaction, reason } = statusFor(readPaymentStatus(xml), uetr);
      return transaction?.status ?? reason;
    };
    expect(found(GOOD, UETR)).toBe('ACCC');
    expect(found(GOOD, other)).toBe('UETR_NOT_NAMED');
    expect(found(both, other)).toBe('ACCC');
    expect(found(twice, UETR)).toBe('UETR_REPEATED');
    expect(found(changed(GOOD, UETR, '1b4e28ba-2fa1-11d2-883f-0016d3cca427'), UETR)).toBe('UETR_NOT_NAMED');
  });

  it.each(UNREAD)(
    'with %s in the transaction that is asked for says where, and no status',
    (_what, xml, code, path) => {
      const { reason, problem } = statusFor(readPaymentStatus(xml), UETR);
      expect([reason, problem?.code, problem?.data.path]).toEqual(['PART_UNREADABLE', code, path]);
    },
  );

  it.each(UNREAD)('with %s in another transaction tells the status all the same', (_what, xml) => {
    const other = '5e4f7f0e-9d6b-4c53-8a3e-0d9f3f6f2b11';
    const broken = (/<TxInfAndSts>[^]*<\/TxInfAndSts>/.exec(xml)?.[0] ?? '')
      .replaceAll(UETR, other)
      .replaceAll(UETR.toUpperCase(), other.toUpperCase());
    const both = readPaymentStatus(changed(GOOD, transactionText, broken + transactionText));
    expect(both.unread.map(({ problem }) => problem.data.path?.includes('/TxInfAndSts[1]'))).toEqual([true]);
    expect(statusFor(both, UETR).transaction?.status).toBe('ACCC');
  });
});
