/**
 * Every change of one element of a valid message or invoice. None of them makes a credit, a status or a claim larger than what is written
 * there, or lets a reader break, so that an error on the way cannot turn into money.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  creditFor,
  DocumentError,
  NO_PROOF,
  readBankStatement,
  readCreditNote,
  readCreditNotification,
  readInvoice,
  readPaymentReturn,
  readPaymentStatus,
  returnFor,
  statementsIn,
  statusFor,
  type PaymentName,
} from '../../../client/src/documents/index.js';
import { eInvoice, OLDER, RED } from './chinese.js';
import { mutantsOf, parse, print, type Mutant } from './mutants.js';
import { changed, dealFile } from './support.js';

const fixture = (name: string): string => readFileSync(path.resolve(__dirname, '../../fixtures', name), 'utf8');
const input = (name: string): string => fixture(`inputs/camt/${name}.xml`);
const DEAL = dealFile('payments/rio-tinto-usd.camt.054.xml');
const UETR_OF_DEAL = /<UETR>(.*)<\/UETR>/.exec(DEAL)?.[1] ?? '';
const END_TO_END = 'AT-PAY-20270323-001';
const UETR = '3e7b91d4-6a2c-4f18-9b3d-5c8e7a1f2046';
const minor = (amount: string): bigint => BigInt(amount.replace('.', ''));

/** How often each outcome came: of `read`, or the code of its refusal. Anything else that is thrown is a reader that breaks. */
function outcomes(xml: string, read: (xml: string, mutant: Mutant) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const mutant of mutantsOf(parse(xml))) {
    let outcome: string;
    try {
      outcome = read(print(mutant.node), mutant);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      outcome = error.code;
    }
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return counts;
}

/** Message, name of the payment, and the credit that it proves in units of its smallest coin. */
const CREDITS: readonly (readonly [what: string, xml: string, name: PaymentName, credit: bigint])[] = [
  ['a credit of the deal', DEAL, UETR_OF_DEAL, 3_000_000_000n],
  ['a credit of two in a batch', input('amounts-in-AmtDtls-batch'), UETR, 4000n],
  ['a credit beside another account', input('two-accounts'), UETR, 184_375_000n],
  ['a credit in an envelope', input('with-business-header'), UETR, 184_375_000n],
  ['a credit without a UETR', changed(DEAL, /<UETR>.*<\/UETR>/, ''), { endToEndId: END_TO_END }, 3_000_000_000n],
];

/** Message, and what takes the credit back. */
const NO_CREDITS: readonly (readonly [what: string, xml: string])[] = [
  ['that is reversed', input('credited-and-reversed')],
  ['that is a return', input('credit-is-a-return')],
];

const IN_PROCESS = dealFile('payments/in-process.pacs.002.xml');
const FINAL = dealFile('payments/rio-tinto-usd.pacs.002.xml');
const transactionOf = (xml: string): string => /<TxInfAndSts>[^]*<\/TxInfAndSts>/.exec(xml)?.[0] ?? '';
/** One payment that is in process, and behind it another that is credited. */
const BOTH = changed(
  IN_PROCESS,
  transactionOf(IN_PROCESS),
  transactionOf(IN_PROCESS) +
    transactionOf(FINAL).replaceAll(UETR_OF_DEAL, UETR).replaceAll(END_TO_END, 'AT-PAY-20270323-002'),
);
const RETURN = fixture('messages/pacs.004.001.09.xml');
const STATEMENT = fixture('messages/camt.053.001.08.xml');

const INVOICES: readonly (readonly [what: string, xml: string, amountElement: string | undefined, payable: bigint])[] =
  [
    // Nothing else in a UBL invoice repeats the amount that is due, so another text there is another invoice.
    ['a UBL invoice', dealFile('documents/invoice-usd.xml'), 'PayableAmount', 3_400_000_000n],
    ['a Chinese invoice', eInvoice(), undefined, 127_200n],
    ['an older Chinese invoice', OLDER, undefined, 31_800n],
  ];

describe('A notification with one element changed', () => {
  it.each(CREDITS)('%s is never a larger credit', (_what, xml, name, credit) => {
    const counts = outcomes(xml, (mutant) => {
      const found = creditFor(readCreditNotification(mutant), name);
      if (found.credit !== undefined) expect(minor(found.credit.amount)).toBeLessThanOrEqual(credit);
      else expect(NO_PROOF).toHaveProperty(found.reason);
      return found.reason ?? 'credit';
    });
    // Changes were made that leave the credit as it is, that take it away, and that break the message.
    expect(counts.get('credit')).toBeGreaterThan(20);
    expect(counts.get('PART_UNREADABLE')).toBeGreaterThan(20);
    expect(counts.get('DOCUMENT_FIELD_MISSING')).toBeGreaterThan(0);
  });

  it.each(NO_CREDITS)('about a credit %s proves it only where what takes it back is gone', (_what, xml) => {
    const counts = outcomes(xml, (mutant) => creditFor(readCreditNotification(mutant), UETR).reason ?? 'credit');
    expect(counts.get('TAKEN_BACK') ?? counts.get('CREDIT_IS_A_RETURN')).toBeGreaterThan(100);
    // What was left out or rewritten: the indicator, the direction, the references by which it is found.
    expect(counts.get('credit') ?? 0).toBeLessThan(20);
  });
});

describe('A status report with one element changed', () => {
  it.each([
    ['by its UETR', UETR_OF_DEAL],
    ['by its end-to-end reference', { endToEndId: END_TO_END }],
  ])('never says of a payment what it says of another, asked %s', (_what, name) => {
    const counts = outcomes(BOTH, (mutant, { rewritten }) => {
      const { transaction, reason } = statusFor(readPaymentStatus(mutant), name);
      if (transaction !== undefined && rewritten !== 'TxSts') expect(transaction.status).toBe('ACSP');
      if (transaction?.amount !== undefined && rewritten !== 'IntrBkSttlmAmt')
        expect(transaction.amount).toBe('30000000.00');
      return reason ?? transaction.status;
    });
    expect(counts.get('ACSP')).toBeGreaterThan(100);
    expect(counts.get('PART_UNREADABLE')).toBeGreaterThan(20);
    expect(counts.get('ACCC')).toBeUndefined();
  });
});

describe('A payment return with one element changed', () => {
  it('never returns of a payment what it returns of another', () => {
    const name = { endToEndId: END_TO_END };
    for (const each of [UETR_OF_DEAL, name]) {
      const counts = outcomes(RETURN, (mutant, { rewritten }) => {
        const { returned, reason } = returnFor(readPaymentReturn(mutant), each);
        if (returned !== undefined && rewritten !== 'RtrdIntrBkSttlmAmt') expect(returned.amount).toBe('29999975.00');
        return reason ?? 'returned';
      });
      expect(counts.get('returned')).toBeGreaterThan(100);
      expect(counts.get('PART_UNREADABLE')).toBeGreaterThan(20);
    }
  });
});

describe('A bank statement with one element changed', () => {
  it('never books another amount without a fault', () => {
    const booked = (xml: string): readonly string[] =>
      statementsIn(readBankStatement(xml)).flatMap(({ entries, faults }): readonly string[] =>
        faults.length > 0
          ? faults
          : entries.filter(({ status }) => status === 'BOOK').map((each) => `${each.creditDebit} ${each.amount}`),
      );
    const counts = outcomes(STATEMENT, (mutant) => {
      const found = booked(mutant);
      if (found.some((each) => /^[CD]/.test(each)))
        expect([...found].sort()).toEqual(['CRDT 30000000.00', 'DBIT 50.00']);
      return found[0] ?? 'nothing';
    });
    expect(counts.get('CRDT 30000000.00')).toBeGreaterThan(50);
    expect(counts.get('BALANCE_DIFFERS')).toBeGreaterThan(30);
    expect(counts.get('BALANCE_MISSING')).toBeGreaterThan(10);
    expect(counts.get('PART_UNREADABLE')).toBeGreaterThan(20);
  });
});

describe('An invoice with one element changed', () => {
  it.each(INVOICES)('%s is never a larger claim', (_what, xml, amountElement, payable) => {
    const counts = outcomes(xml, (mutant, { rewritten }) => {
      const invoice = readInvoice(mutant);
      if (amountElement === undefined || rewritten !== amountElement)
        expect(minor(invoice.payableAmount)).toBeLessThanOrEqual(payable);
      return 'claim';
    });
    expect(counts.get('claim')).toBeGreaterThan(50);
    expect(counts.get('DOCUMENT_FIELD_INVALID')).toBeGreaterThan(20);
    expect(counts.get('DOCUMENT_FIELD_MISSING')).toBeGreaterThan(5);
  });

  it('is never a claim where it is red', () => {
    const older = OLDER.replaceAll(/>(318|18|300)\.00</g, '>-$1.00<').replace('<fp:TypeCode>0', '<fp:TypeCode>1');
    for (const red of [eInvoice(RED), older])
      expect(outcomes(red, (mutant) => readInvoice(mutant).type).get('INVOICE')).toBeUndefined();
  });

  it('never lowers more than it says where it is red', () => {
    const counts = outcomes(eInvoice(RED), (mutant) => {
      const { amount, corrects } = readCreditNote(mutant);
      expect([amount, corrects]).toEqual(['400.00', ['24452000000000000019']]);
      return 'credit note';
    });
    expect(counts.get('credit note')).toBeGreaterThan(50);
  });
});
