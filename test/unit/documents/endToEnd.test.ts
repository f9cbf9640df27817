/** Payments without a UETR, as domestic ones and SEPA's: found by the end-to-end reference that the presentment gave. */
import { describe, expect, it } from '@jest/globals';
import {
  creditFor,
  readCreditNotification,
  readPaymentStatus,
  statusFor,
} from '../../../client/src/documents/index.js';
import { changed, dealFile } from './support.js';

const WITH_UETR = dealFile('payments/rio-tinto-usd.camt.054.xml');
const UETR = /<UETR>(.*)<\/UETR>/.exec(WITH_UETR)?.[1] ?? '';
const CREDIT = changed(WITH_UETR, /<UETR>.*<\/UETR>/, '');
const REFERENCE = /<EndToEndId>(.*)<\/EndToEndId>/.exec(CREDIT)?.[1] ?? '';
const [ENTRY = ''] = /<Ntry>[^]*?<\/Ntry>/.exec(CREDIT) ?? [];
const name = { endToEndId: REFERENCE };
const OTHER = 'AT-PAY-OTHER';

/** The notification with one more entry, which is the credit changed. */
const beside = (change: (entry: string) => string): string => CREDIT.replace(ENTRY, ENTRY + change(ENTRY));
const creditIn = (xml: string): string | undefined => {
  const { credit, reason } = creditFor(readCreditNotification(xml), name);
  return credit?.amount ?? reason;
};
/** References of the bank's own are taken out: nothing but the end-to-end reference is left. */
const plain = (entry: string): string => entry.replaceAll(/<(NtryRef|AcctSvcrRef|InstrId|TxId)>.*<\/\1>/g, '');

describe('A credit without a UETR', () => {
  it('is found by its end-to-end reference', () => {
    expect(REFERENCE).not.toBe('');
    const { credit } = creditFor(readCreditNotification(CREDIT), name);
    expect(credit).not.toHaveProperty('uetr');
    expect(credit).toMatchObject({
      endToEndId: REFERENCE,
      account: { scheme: 'OTHER', id: 'DEMO-ICBC-RIOTINTO-USD-01' },
      amount: '30000000.00',
      currency: 'USD',
      valueDate: '2027-03-23',
      bookingDate: '2027-03-23',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(creditFor(readCreditNotification(CREDIT), UETR).reason).toBe('UETR_NOT_NAMED');
    expect(creditFor(readCreditNotification(WITH_UETR), name).credit?.uetr).toBe(UETR);
  });

  it('is found in version 04, which has no UETR', () => {
    const old = changed(CREDIT, 'camt.054.001.08', 'camt.054.001.04').replace(
      /<Sts>\s*<Cd>BOOK<\/Cd>\s*<\/Sts>/,
      '<Sts>BOOK</Sts>',
    );
    expect(creditIn(old)).toBe('30000000.00');
  });

  it.each([
    ['has the reference in another entry too', beside((entry) => entry), 'REFERENCE_REPEATED'],
    ['has another reference', CREDIT.replaceAll(REFERENCE, OTHER), 'REFERENCE_NOT_NAMED'],
    ['has it in other letters', CREDIT.replaceAll(REFERENCE, REFERENCE.toLowerCase()), 'REFERENCE_NOT_NAMED'],
    ['is debited under the same reference', beside((entry) => plain(entry).replaceAll('CRDT', 'DBIT')), 'TAKEN_BACK'],
    [
      'is reversed under the same reference',
      beside((entry) => changed(plain(entry), '</CdtDbtInd>', '</CdtDbtInd><RvslInd>true</RvslInd>')),
      'TAKEN_BACK',
    ],
    ['is debited itself', CREDIT.replaceAll('CRDT', 'DBIT'), 'NOT_A_CREDIT'],
    ['is pending', changed(CREDIT, 'BOOK', 'PDNG'), 'NOT_BOOKED'],
    [
      'stands beside an unreadable part with its reference',
      beside((entry) => changed(plain(entry), /<Amt .*<\/Amt>/, '')),
      'PART_UNREADABLE',
    ],
  ])('that %s proves nothing', (_what, xml, reason) => {
    expect(creditIn(xml)).toBe(reason);
  });

  it('is debited under its UETR, though it was asked for by its reference', () => {
    const [entry = ''] = /<Ntry>[^]*?<\/Ntry>/.exec(WITH_UETR) ?? [];
    const debited = plain(entry).replaceAll('CRDT', 'DBIT').replaceAll(REFERENCE, OTHER);
    expect(creditIn(WITH_UETR.replace(entry, entry + debited))).toBe('TAKEN_BACK');
  });

  it('proves nothing where an unreadable part has its UETR, though it was asked for by its reference', () => {
    const [entry = ''] = /<Ntry>[^]*?<\/Ntry>/.exec(WITH_UETR) ?? [];
    const broken = changed(plain(entry).replaceAll(REFERENCE, OTHER), /<Amt .*<\/Amt>/, '');
    expect(creditIn(WITH_UETR.replace(entry, entry + broken))).toBe('PART_UNREADABLE');
  });

  it('is found beside credits with other references', () => {
    expect(creditIn(beside((entry) => plain(entry).replaceAll(REFERENCE, OTHER)))).toBe('30000000.00');
  });

  it.each(['NOTPROVIDED', 'NotProvided', 'NONREF', '', ' '])(
    'is not found by %j, which is no reference',
    (endToEndId) => {
      const xml = endToEndId.trim() === '' ? CREDIT : CREDIT.replaceAll(REFERENCE, endToEndId);
      expect(creditFor(readCreditNotification(xml), { endToEndId })).toEqual({ reason: 'NO_REFERENCE' });
      expect(statusFor(readPaymentStatus(STATUS), { endToEndId })).toEqual({ reason: 'NO_REFERENCE' });
    },
  );
});

const STATUS = changed(dealFile('payments/rio-tinto-usd.pacs.002.xml'), /<OrgnlUETR>.*<\/OrgnlUETR>/, '');
const [TRANSACTION = ''] = /<TxInfAndSts>[^]*<\/TxInfAndSts>/.exec(STATUS) ?? [];

describe('A status without a UETR', () => {
  const statusIn = (xml: string): string | undefined => {
    const { transaction, reason } = statusFor(readPaymentStatus(xml), name);
    return transaction?.status ?? reason;
  };

  it('is found by the end-to-end reference, where one transaction alone has it', () => {
    expect(statusIn(STATUS)).toBe('ACCC');
    expect(statusIn(changed(STATUS, 'pacs.002.001.10', 'pacs.002.001.03'))).toBe('ACCC');
    expect(statusIn(changed(STATUS, TRANSACTION, TRANSACTION + TRANSACTION))).toBe('REFERENCE_REPEATED');
    expect(statusIn(STATUS.replaceAll(REFERENCE, OTHER))).toBe('REFERENCE_NOT_NAMED');
    expect(statusIn(changed(STATUS, TRANSACTION, TRANSACTION + TRANSACTION.replaceAll(REFERENCE, OTHER)))).toBe('ACCC');
    expect(statusIn(changed(STATUS, TRANSACTION, TRANSACTION + changed(TRANSACTION, /<TxSts>.*<\/TxSts>/, '')))).toBe(
      'PART_UNREADABLE',
    );
  });
});
