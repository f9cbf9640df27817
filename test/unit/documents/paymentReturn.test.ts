/** Payment returns, pacs.004.001: what came back of a payment that was made. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readPaymentReturn, returnFor, type PaymentName } from '../../../client/src/documents/index.js';
import { changed, refusalOf } from './support.js';

const GOOD = readFileSync(path.resolve(__dirname, '../../fixtures/messages/pacs.004.001.09.xml'), 'utf8');
const UETR = 'f6fadfa7-e5c1-4b62-9362-da5cc13da58a';
const SECOND = '3e7b91d4-6a2c-4f18-9b3d-5c8e7a1f2046';
const RETURN = '/Document/PmtRtr';
const [FIRST_TEXT = '', SECOND_TEXT = ''] = GOOD.match(/<TxInf>[^]*?<\/TxInf>/g) ?? [];
/** Version 02 as SEPA uses it: no UETR. */
const SEPA = GOOD.replace('pacs.004.001.09', 'pacs.004.001.02').replaceAll(/<OrgnlUETR>.*<\/OrgnlUETR>/g, '');

const found = (xml: string, name: PaymentName): string | undefined => {
  const { returned, reason } = returnFor(readPaymentReturn(xml), name);
  return returned?.amount ?? reason;
};

const UNREAD: readonly [what: string, xml: string, code: string, place: string][] = [
  [
    'no returned amount',
    changed(GOOD, /<RtrdIntrBkSttlmAmt.*29999975<\/RtrdIntrBkSttlmAmt>/, ''),
    'DOCUMENT_FIELD_MISSING',
    '/RtrdIntrBkSttlmAmt',
  ],
  [
    'two returned amounts',
    changed(GOOD, '<RtrdIntrBkSttlmAmt', '<RtrdIntrBkSttlmAmt Ccy="USD">1</RtrdIntrBkSttlmAmt><RtrdIntrBkSttlmAmt'),
    'DOCUMENT_FIELD_REPEATED',
    '/RtrdIntrBkSttlmAmt',
  ],
  ['three decimals', changed(GOOD, '>29999975<', '>29999975.001<'), 'DOCUMENT_FIELD_INVALID', '/RtrdIntrBkSttlmAmt'],
  [
    'no currency',
    changed(GOOD, ' Ccy="USD">29999975', '>29999975'),
    'DOCUMENT_FIELD_MISSING',
    '/RtrdIntrBkSttlmAmt/@Ccy',
  ],
  [
    'a day that does not exist',
    changed(GOOD, '>2027-03-25<', '>2027-02-30<'),
    'DOCUMENT_FIELD_INVALID',
    '/IntrBkSttlmDt',
  ],
  [
    'an original amount with a sign',
    changed(GOOD, '>30000000.00<', '>-30000000.00<'),
    'DOCUMENT_FIELD_INVALID',
    '/OrgnlIntrBkSttlmAmt',
  ],
  ['an empty reason', changed(GOOD, '<Cd>AC04</Cd>', '<Cd/>'), 'DOCUMENT_FIELD_INVALID', '/RtrRsnInf[1]/Rsn/Cd'],
];

describe('A payment return', () => {
  it('is read whole', () => {
    expect(readPaymentReturn(GOOD)).toStrictEqual({
      type: 'PAYMENT_RETURN',
      definition: 'pacs.004.001.09',
      messageId: 'ANZ-PACS004-20270325-001',
      createdAt: '2027-03-25T09:30:00+10:00',
      isGroup: false,
      transactions: [
        {
          returnId: 'ANZ-RTR-1',
          uetr: UETR,
          endToEndId: 'AT-PAY-20270323-001',
          instructionId: 'AT-INSTR-20270323-001',
          transactionId: 'ICBC-TX-20270323-001',
          originalMessageId: 'ICBC-PACS008-20270323-001',
          amount: '29999975.00',
          currency: 'USD',
          original: { amount: '30000000.00', currency: 'USD' },
          settlementDate: '2027-03-25',
          reasons: ['AC04', 'CLOSED'],
          information: ['closed on the day before'],
        },
        {
          uetr: SECOND,
          endToEndId: 'AT-PAY-20270323-002',
          originalMessageId: 'ICBC-PACS008-20270323-001',
          amount: '4000000.00',
          currency: 'USD',
          // What the message says of all its payments.
          settlementDate: '2027-03-26',
          reasons: ['FOCR'],
          information: [],
        },
      ],
      unread: [],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each(['02', '03', '09', '10', '13'])('is read in version %s', (version) => {
    const message = readPaymentReturn(GOOD.replace('pacs.004.001.09', `pacs.004.001.${version}`));
    expect(message.definition).toBe(`pacs.004.001.${version}`);
  });

  it.each([
    ['version 01', GOOD.replace('pacs.004.001.09', 'pacs.004.001.01'), 'DOCUMENT_NAMESPACE', '/Document'],
    ['another message', GOOD.replace('pacs.004.001.09', 'pacs.002.001.10'), 'DOCUMENT_NAMESPACE', '/Document'],
    ['no message id', changed(GOOD, /<MsgId>.*<\/MsgId>/, ''), 'DOCUMENT_FIELD_MISSING', `${RETURN}/GrpHdr/MsgId`],
    [
      'a settlement date that does not exist for all',
      changed(GOOD, '2027-03-26', '2027-03-32'),
      'DOCUMENT_FIELD_INVALID',
      `${RETURN}/GrpHdr/IntrBkSttlmDt`,
    ],
  ])('with %s is refused', (_what, xml, code, place) => {
    expect(refusalOf(() => readPaymentReturn(xml))).toEqual([code, place]);
  });

  it('finds what came back by UETR or end-to-end reference', () => {
    expect(found(GOOD, UETR)).toBe('29999975.00');
    expect(found(GOOD, { endToEndId: 'AT-PAY-20270323-002' })).toBe('4000000.00');
    expect(found(SEPA, { endToEndId: 'AT-PAY-20270323-001' })).toBe('29999975.00');
    expect(found(SEPA, UETR)).toBe('UETR_NOT_NAMED');
    expect(found(GOOD, { endToEndId: 'AT-PAY-20270323-003' })).toBe('REFERENCE_NOT_NAMED');
    expect(found(GOOD.replaceAll(/AT-PAY-20270323-00./g, 'NOTPROVIDED'), { endToEndId: 'NOTPROVIDED' })).toBe(
      'NO_REFERENCE',
    );
  });

  it('that names a payment twice is ambiguous', () => {
    expect(found(changed(GOOD, FIRST_TEXT, FIRST_TEXT + FIRST_TEXT), UETR)).toBe('UETR_REPEATED');
    const same = GOOD.replaceAll(/AT-PAY-20270323-00./g, 'AT-PAY');
    expect(found(same, { endToEndId: 'AT-PAY' })).toBe('REFERENCE_REPEATED');
    expect(found(same, UETR)).toBe('29999975.00');
  });

  it('of a whole group names no payment', () => {
    const group = changed(
      GOOD.replace(FIRST_TEXT, '').replace(SECOND_TEXT, ''),
      '</NbOfTxs>',
      '</NbOfTxs><GrpRtr>true</GrpRtr>',
    );
    expect(readPaymentReturn(group).isGroup).toBe(true);
    expect(found(group, UETR)).toBe('GROUP_RETURN');
  });

  it.each(UNREAD)('with %s says where, and nothing of the payment', (_what, xml, code, place) => {
    for (const name of [UETR, { endToEndId: 'AT-PAY-20270323-001' }]) {
      const { reason, problem } = returnFor(readPaymentReturn(xml), name);
      expect([reason, problem?.code, problem?.data.path]).toEqual([
        'PART_UNREADABLE',
        code,
        `${RETURN}/TxInf[1]${place}`,
      ]);
    }
    expect(found(xml, SECOND)).toBe('4000000.00');
  });

  it('comes in an envelope', () => {
    const header =
      '<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><MsgDefIdr>pacs.004.001.09</MsgDefIdr></AppHdr>';
    const enveloped = `<BusMsgEnvlp xmlns="urn:swift:xsd:envelope">${header}${GOOD.replace(/<\?.*\?>/, '')}</BusMsgEnvlp>`;
    expect(found(enveloped, UETR)).toBe('29999975.00');
    expect(refusalOf(() => readPaymentReturn(enveloped.replace('pacs.004.001.09<', 'pacs.004.001.10<')))?.[0]).toBe(
      'DOCUMENT_FIELD_INVALID',
    );
  });
});
