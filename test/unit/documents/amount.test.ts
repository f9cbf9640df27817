/** Amounts through a document and back: nothing is lost, nothing is rounded. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCIES } from '../../../chaincode/src/protocol/currencies.js';
import { decimalOf, minorOf } from '../../../chaincode/src/protocol/money.js';
import { isIban } from '../../../chaincode/src/protocol/identifiers.js';
import { DocumentError, electronicAccount, readPaymentStatus } from '../../../client/src/documents/index.js';
import { changed, dealFile } from './support.js';

const GOOD = dealFile('payments/rio-tinto-usd.pacs.002.xml');
const withAmount = (text: string, currency: string): string =>
  changed(GOOD, 'Ccy="USD">30000000.00', `Ccy="${currency}">${text}`);
/** The amount, or why it cannot be read. */
function read(text: string, currency: string): string | undefined {
  const { transactions, unread } = readPaymentStatus(withAmount(text, currency));
  if (unread[0] !== undefined) throw unread[0].problem;
  return transactions[0]?.amount;
}

const currency = fc.constantFrom(...CURRENCIES.keys());
const minor = fc.bigInt({ min: 1n, max: 10n ** 17n });

describe('An amount', () => {
  it('comes back from a document digit by digit, in every currency', () => {
    fc.assert(
      fc.property(minor, currency, (units, code) => {
        const decimal = decimalOf(units, code);
        expect(read(decimal, code)).toBe(decimal);
        expect(minorOf(read(decimal, code) ?? '', code)).toBe(units.toString());
      }),
    );
  });

  it('does not change when its sender writes zeros around it', () => {
    fc.assert(
      fc.property(minor, currency, fc.nat(2), (units, code, zeros) => {
        const decimal = decimalOf(units % 10n ** 12n, code);
        const [whole = '', fraction = ''] = decimal.split('.');
        const padded = `${'0'.repeat(zeros)}${whole}.${fraction.padEnd(5, '0')}`;
        expect(read(padded, code)).toBe(decimal);
      }),
    );
  });

  it('is either refused or has exactly the decimals of its currency, whatever the text', () => {
    const text = fc.stringMatching(/^[0-9+\-.,eE ]{1,20}$/);
    fc.assert(
      fc.property(text, currency, (written, code) => {
        try {
          const amount = read(written, code) ?? '';
          expect(amount.split('.')[1]?.length ?? 0).toBe(CURRENCIES.get(code));
          expect(BigInt(amount.replace('.', ''))).toBeGreaterThanOrEqual(0n);
          expect(written.trim()).toMatch(/^[0-9]+(?:\.[0-9]+)?$/);
        } catch (error) {
          if (!(error instanceof DocumentError)) throw error;
          expect(error.code).toBe('DOCUMENT_FIELD_INVALID');
        }
      }),
    );
  });
});

describe('An IBAN', () => {
  it.each(['DE89370400440532013000', 'GB82WEST12345698765432', 'NO9386011117947'])('%s is one', (iban) => {
    expect(isIban(iban)).toBe(true);
  });

  it.each(['DE89370400440532013001', 'DE89 3704 0044 0532 0130 00', 'de89370400440532013000', 'DE89', ''])(
    '%s is none',
    (iban) => {
      expect(isIban(iban)).toBe(false);
    },
  );

  it('has no check digits below 02 or above 98, which the formula never gives', () => {
    const withChecks = (checks: string): string[] =>
      Array.from({ length: 97 }, (_, end) => `DE${checks}3704004405320130${String(end).padStart(2, '0')}`);
    for (const checks of ['00', '01', '99']) expect(withChecks(checks).filter(isIban)).toEqual([]);
    expect(withChecks('98').filter(isIban)).toHaveLength(1);
  });
});

describe('An account as its bank writes it', () => {
  it.each([
    ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['063-000 1234.5678', '06300012345678'],
    ['6222\u00a00212\u20130001/7', '6222021200017'],
    ['\u8d26\u62371', '\u8d26\u62371'],
  ])('%s becomes %s in electronic form: nothing but separators goes', (id, electronic) => {
    expect(electronicAccount({ scheme: 'OTHER', id })).toEqual({ scheme: 'OTHER', id: electronic });
  });
});
