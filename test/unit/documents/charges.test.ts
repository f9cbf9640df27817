/** Charges that messages tell of: kept as they are told, and no part of any amount. */
import { describe, expect, it } from '@jest/globals';
import {
  creditFor,
  readCreditNotification,
  readPaymentStatus,
  statusFor,
} from '../../../client/src/documents/index.js';
import { changed, dealFile } from './support.js';

const NOTIFICATION = dealFile('payments/rio-tinto-usd.camt.054.xml');
const STATUS = dealFile('payments/rio-tinto-usd.pacs.002.xml');
const UETR = /<OrgnlUETR>(.*)<\/OrgnlUETR>/.exec(STATUS)?.[1] ?? '';
const AGENT = '<Agt><FinInstnId><BICFI>ICBKCNBJXXX</BICFI></FinInstnId></Agt>';
const record = (amount: string, more = ''): string => `<Rcrd><Amt Ccy="USD">${amount}</Amt>${more}</Rcrd>`;
const chargedEntry = changed(
  NOTIFICATION,
  '<NtryDtls>',
  `<Chrgs>${record('25.00', '<ChrgInclInd>true</ChrgInclInd><Br>SHAR</Br>')}${record('5.00')}</Chrgs><NtryDtls>`,
);

describe('Charges', () => {
  it('of an entry are told with it, and with the credit of its one payment', () => {
    const charges = [
      { amount: '25.00', currency: 'USD', bearer: 'SHAR', isIncluded: true },
      { amount: '5.00', currency: 'USD' },
    ];
    const notification = readCreditNotification(chargedEntry);
    expect(notification.unread).toEqual([]);
    expect(notification.accounts[0]?.entries[0]).toMatchObject({ charges, amount: '30000000.00' });
    expect(creditFor(notification, UETR).credit).toMatchObject({ charges, amount: '30000000.00' });
  });

  it('of a payment go before those of its entry', () => {
    const both = changed(chargedEntry, '</Refs>', `</Refs><Chrgs>${record('7.00')}</Chrgs>`);
    expect(creditFor(readCreditNotification(both), UETR).credit?.charges).toEqual([
      { amount: '7.00', currency: 'USD' },
    ]);
  });

  it('that banks on the way took are told with the status', () => {
    const charged = changed(
      STATUS,
      '<OrgnlTxRef>',
      `<ChrgsInf><Amt Ccy="USD">12.50</Amt>${AGENT}</ChrgsInf><OrgnlTxRef>`,
    );
    expect(statusFor(readPaymentStatus(charged), UETR).transaction).toMatchObject({
      ...{ charges: [{ amount: '12.50', currency: 'USD' }], amount: '30000000.00' },
    });
  });

  it('that are not told are not there', () => {
    expect(creditFor(readCreditNotification(NOTIFICATION), UETR).credit).not.toHaveProperty('charges');
    expect(statusFor(readPaymentStatus(STATUS), UETR).transaction).not.toHaveProperty('charges');
  });

  it('without a currency cannot be read, and neither can what they belong to', () => {
    const broken = changed(chargedEntry, '<Amt Ccy="USD">25.00</Amt>', '<Amt>25.00</Amt>');
    expect(creditFor(readCreditNotification(broken), UETR)).toMatchObject({ reason: 'PART_UNREADABLE' });
  });
});
