/** A book against statements: every kind of finding, from rows and statements made by hand. */
import { describe, expect, it } from '@jest/globals';
import { dayEndText, type DayEndEntry } from '../../../examples/reconciliation/dayEnd.js';
import {
  FINDINGS,
  OUTCOME_OF,
  reconcile,
  type FindingCode,
  type ReconcileOptions,
  type Reconciliation,
} from '../../../client/src/desk/index.js';
import { readBankStatement } from '../../../client/src/documents/index.js';
import { changed, sharedDataFor } from '../documents/support.js';
import { validate } from '../documents/validate.js';
import {
  attestedAt,
  byReference,
  codesOf,
  credit,
  dayEnd,
  debit,
  END_TO_END,
  PAYER,
  payeeBank,
  statement,
  unattested,
  withReturn,
} from './day.js';
import {
  ACCOUNT,
  acknowledgement,
  attestation,
  deskOf,
  DUE,
  idOf,
  MSP,
  OTHER_UETR,
  payment,
  presentment,
  PRESENTMENT,
  returned,
  row,
  slice,
  terms,
  UETR,
  type Rows,
} from './rows.js';

/** The book of the payer's bank. */
const payerBank = (rows: Rows = {}): Rows => ({
  presentment: [row('presentment', presentment(), MSP.supplier)],
  payment: [row('payment', payment(), MSP.bank)],
  ...rows,
});
/** The book of the holder. */
const holder = (rows: Rows = {}): Rows => ({
  terms: [row('terms', terms(), MSP.bank)],
  presentment: [row('presentment', presentment(), MSP.supplier)],
  ...rows,
});
const paidFrom = (
  entries: readonly DayEndEntry[],
  rows: Rows = {},
  options: ReconcileOptions = { paysFrom: [PAYER] },
): Reconciliation => reconcile(deskOf('bank', payerBank(rows)), [statement(entries, { account: PAYER })], options);

type Case = readonly [what: string, entries: readonly DayEndEntry[], codes: readonly FindingCode[], rows?: Rows];

const withdrawn: Rows = {
  ...unattested,
  presentment: [row('presentment', presentment({ endToEndId: END_TO_END, state: 'WITHDRAWN' }), MSP.supplier)],
};
const CREDITS: readonly Case[] = [
  ['the credit that was attested', [credit()], ['MATCHED']],
  ['no credit', [], ['CREDIT_MISSING']],
  ['the credit as pending', [credit({ status: 'PDNG' })], ['CREDIT_PENDING']],
  ['another amount', [credit({ amount: 59999n })], ['AMOUNT_DIFFERS']],
  ['another value date', [credit({ valueDate: '2027-03-16' })], ['VALUE_DATE_DIFFERS']],
  [
    'another amount and value date',
    [credit({ amount: 1n, valueDate: '2027-03-16' })],
    ['AMOUNT_DIFFERS', 'VALUE_DATE_DIFFERS'],
  ],
  ['the credit twice', [credit(), credit({ reference: 'B2' })], ['MATCHED', 'CREDIT_REPEATED']],
  ['a debit of it that no return explains', [credit(), debit({ reference: 'B2' })], ['MATCHED', 'CREDIT_TAKEN_BACK']],
  ['a debit of it that a return explains', [credit(), debit({ reference: 'B2' })], ['MATCHED'], withReturn()],
  [
    'a smaller debit than the return',
    [credit(), debit({ amount: 1n })],
    ['MATCHED', 'CREDIT_TAKEN_BACK'],
    withReturn(),
  ],
  ['a part that went back', [credit(), debit({ amount: 1n })], ['MATCHED'], withReturn('1')],
  ['no debit of a return', [credit()], ['MATCHED', 'RETURN_MISSING'], withReturn()],
  [
    'the credit by its reference',
    [credit({ uetr: undefined as never, endToEndId: END_TO_END })],
    ['MATCHED'],
    byReference,
  ],
  [
    'the credit by its reference, with a UETR that the book does not know',
    [credit({ endToEndId: END_TO_END })],
    ['MATCHED'],
    byReference,
  ],
  [
    'the reference of another payment with a UETR of its own',
    [credit({ uetr: OTHER_UETR, endToEndId: END_TO_END })],
    ['CREDIT_MISSING', 'UNKNOWN'],
    { ...byReference, attestation: [row('attestation', attestation(), MSP.operator)] },
  ],
  [
    'what stands for no reference',
    [credit({ uetr: undefined as never, endToEndId: 'NOTPROVIDED' })],
    ['CREDIT_MISSING', 'UNKNOWN'],
    byReference,
  ],
  [
    'a credit that names the presentment that nobody attested',
    [credit({ endToEndId: END_TO_END })],
    ['CREDIT_NOT_ATTESTED'],
    { ...byReference, ...unattested },
  ],
  ['a credit that fits what was presented', [credit({ uetr: OTHER_UETR })], ['CREDIT_NOT_ATTESTED'], unattested],
  ['a credit that does not fit', [credit({ amount: 1n })], ['UNKNOWN'], unattested],
  [
    'a credit of a presentment that was withdrawn',
    [credit({ endToEndId: END_TO_END })],
    ['CREDIT_OF_WITHDRAWN'],
    withdrawn,
  ],
  ['a credit that only fits what was withdrawn', [credit()], ['UNKNOWN'], withdrawn],
  ['other business', [credit(), debit({ uetr: OTHER_UETR, amount: 7n })], ['MATCHED', 'UNKNOWN']],
  ['pending other business', [credit(), debit({ uetr: OTHER_UETR, status: 'PDNG' })], ['MATCHED']],
];

const unpaid = (status: 'RJCT' | 'ACSP'): Rows => ({ payment: [row('payment', payment({ status }), MSP.bank)] });
const DEBITS: readonly Case[] = [
  ['the payment', [debit()], ['MATCHED']],
  ['no payment', [], ['DEBIT_MISSING']],
  ['another amount', [debit({ amount: 6n })], ['AMOUNT_DIFFERS']],
  ['the payment twice', [debit(), debit({ reference: 'B2' })], ['MATCHED', 'DEBIT_REPEATED']],
  ['the payment, which came back', [debit(), credit({ reference: 'B2' })], ['MATCHED', 'PAYMENT_CAME_BACK']],
  ['a payment that was rejected', [debit()], ['DEBIT_OF_UNPAID'], unpaid('RJCT')],
  ['a payment that was rejected and came back', [debit(), credit({ reference: 'B2' })], [], unpaid('RJCT')],
  ['nothing of a payment that was rejected', [], [], unpaid('RJCT')],
  ['a payment that is not final in the book', [debit()], ['DEBIT_NOT_REPORTED'], unpaid('ACSP')],
  ['nothing of a payment that is not final', [], [], unpaid('ACSP')],
  [
    'a payment that came back before it was final',
    [debit(), credit({ reference: 'B2' })],
    ['DEBIT_NOT_REPORTED', 'PAYMENT_CAME_BACK'],
    unpaid('ACSP'),
  ],
  [
    'money that came back of a payment whose debit is on no statement',
    [credit()],
    ['DEBIT_MISSING', 'PAYMENT_CAME_BACK'],
  ],
];

describe("The book of a payee's bank, against a statement with", () => {
  it.each(CREDITS)('%s', (_what, entries, codes, rows = {}) => {
    const reconciliation = attestedAt(entries, rows);
    expect(codesOf(reconciliation)).toEqual(codes);
    expect(reconciliation.isClean).toBe(codes.every((code) => ['MATCHED', 'UNKNOWN'].includes(OUTCOME_OF[code])));
    const counted = Object.values(reconciliation.counts).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(codes.length);
  });

  it('a credit on another account, or in another currency', () => {
    const desk = deskOf('operator', payeeBank());
    const elsewhere = statement([credit()], { account: { scheme: 'OTHER', id: 'OTHER-1' }, statementId: 'S2' });
    expect(codesOf(reconcile(desk, [elsewhere]))).toEqual(['ACCOUNT_DIFFERS']);
    expect(codesOf(attestedAt([credit()], {}, { currency: 'CNY' }))).toEqual(['CURRENCY_DIFFERS']);
  });

  it('the same account, however it is written', () => {
    expect(codesOf(attestedAt([credit()], {}, { account: { scheme: 'OTHER', id: 'au-063000 12345678' } }))).toEqual([
      'MATCHED',
    ]);
  });

  it('one entry that does not itemise its payments', () => {
    const batch = dayEndText(dayEnd([credit()])).replace('<NtryDtls>', '<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>');
    const { findings } = reconcile(deskOf('operator', payeeBank()), [readBankStatement(batch)]);
    expect(findings.map(({ code }) => code)).toEqual(['AMOUNT_NOT_TOLD']);
  });

  it('an entry that cannot be read', () => {
    const broken = changed(dayEndText(dayEnd([credit()])), '<Ntry><Amt Ccy="USD">', '<Ntry><Amt Ccy="XXX">');
    const reconciliation = reconcile(deskOf('operator', payeeBank()), [readBankStatement(broken)]);
    expect(codesOf(reconciliation)).toEqual(['ENTRY_UNREADABLE']);
    expect(reconciliation.statements.map(({ faults }) => faults)).toEqual([['PART_UNREADABLE']]);
    expect([reconciliation.unread.length, reconciliation.isClean]).toEqual([1, false]);
  });

  it('days or accounts of which it says nothing', () => {
    for (const other of [statement([], { day: '2027-03-12' }), statement([], { account: PAYER })]) {
      const reconciliation = reconcile(deskOf('operator', payeeBank()), [other]);
      expect([codesOf(reconciliation), reconciliation.notCovered.map(({ presentmentId }) => presentmentId)]).toEqual([
        [],
        [PRESENTMENT],
      ]);
    }
  });

  it('whatever bank, holder and amount say, so that each finding can be looked up', () => {
    const [finding] = attestedAt([credit({ amount: 59999n })]).findings;
    expect(finding).toEqual({
      ...{ outcome: 'DIFFERENT', code: 'AMOUNT_DIFFERS' },
      book: {
        side: 'CREDIT',
        presentmentId: PRESENTMENT,
        paymentId: UETR,
        account: ACCOUNT,
        currency: 'USD',
        amount: 60000n,
        valueDate: DUE,
      },
      statement: {
        account: ACCOUNT,
        statementId: 'S1',
        reference: 'B1',
        creditDebit: 'CRDT',
        currency: 'USD',
        amount: 59999n,
        valueDate: DUE,
      },
    });
  });
});

describe("The book of a payer's bank, against a statement with", () => {
  it.each(DEBITS)('%s', (_what, entries, codes, rows = {}) => {
    expect(codesOf(paidFrom(entries, rows))).toEqual(codes);
  });

  it('no payment misses none where nobody said from which account it pays', () => {
    expect(codesOf(paidFrom([], {}, {}))).toEqual([]);
    expect(codesOf(paidFrom([debit()], {}, {}))).toEqual(['MATCHED']);
  });
});

describe('The book of a holder, against a statement with', () => {
  const held = (entries: readonly DayEndEntry[], rows: Rows = {}): readonly FindingCode[] =>
    codesOf(reconcile(deskOf('supplier', holder(rows)), [statement(entries)]));
  const discharged: Rows = { slice: [row('slice', slice('kept', { state: 'PAID' }), MSP.bank)] };
  it('the credit that it acknowledged', () => {
    const rows: Rows = { acknowledgement: [row('acknowledgement', acknowledgement(), MSP.supplier)] };
    expect([held([credit()], rows), held([], rows)]).toEqual([['MATCHED'], ['CREDIT_MISSING']]);
  });
  it('a credit of a payment that the book does not name, found by its amount', () => {
    expect(held([credit()], discharged)).toEqual(['MATCHED_BY_AMOUNT']);
    expect(held([credit({ amount: 1n })], discharged)).toEqual(['CREDIT_MISSING', 'UNKNOWN']);
  });
  it('a credit that it has not acknowledged', () => {
    expect(held([credit()])).toEqual(['CREDIT_NOT_ACKNOWLEDGED']);
  });
  it('one credit for two that are alike, of which one is missing', () => {
    const second = idOf('supplier', 'supplier', 'second');
    const rows: Rows = {
      ...discharged,
      presentment: [presentment(), presentment({ id: second })].map((each) => row('presentment', each, MSP.supplier)),
    };
    expect(held([credit()], rows)).toEqual(['MATCHED_BY_AMOUNT', 'CREDIT_MISSING']);
    expect(held([credit(), credit({ uetr: OTHER_UETR })], rows)).toEqual(['MATCHED_BY_AMOUNT', 'MATCHED_BY_AMOUNT']);
  });
});

describe('Rows that prove nothing', () => {
  const evil = 'EvilMSP';
  it.each<readonly [what: string, rows: Rows, reason: string]>([
    [
      'an attestation in a foreign book',
      { attestation: [row('attestation', attestation(), evil)] },
      'FOREIGN_REGISTER',
    ],
    [
      'an attestation of another bank',
      { attestation: [row('attestation', attestation({ payeeBankMsp: evil }), evil)] },
      'PRESENTMENT_DIFFERS',
    ],
    [
      'an attestation of another amount',
      { attestation: [row('attestation', attestation({ amount: '60001' }), MSP.operator)] },
      'PRESENTMENT_DIFFERS',
    ],
    [
      'an attestation of no presentment',
      { presentment: [], attestation: [row('attestation', attestation(), MSP.operator)] },
      'PRESENTMENT_DIFFERS',
    ],
    [
      'an attestation that was superseded',
      {
        attestation: [
          { ...row('attestation', attestation(), MSP.operator), current: false, reason: 'SUPERSEDED' } as never,
        ],
      },
      'SUPERSEDED',
    ],
    [
      'a return of more than was paid',
      { ...payeeBank(), return: [row('return', returned({ amount: '60001' }), MSP.operator)] },
      'PRESENTMENT_DIFFERS',
    ],
    [
      'an acknowledgement of a stranger',
      { acknowledgement: [row('acknowledgement', acknowledgement({ byMsp: evil }), evil)] },
      'PRESENTMENT_DIFFERS',
    ],
    [
      'a presentment of a holder that lives elsewhere',
      {
        attestation: [],
        presentment: [
          row('presentment', presentment({ holderMsp: evil, id: `${evil}~${evil}~${'x'.repeat(22)}` }), evil),
        ],
      },
      'PARTY_ELSEWHERE',
    ],
  ])('%s is set aside', (_what, rows, reason) => {
    const { setAside, findings } = attestedAt([], { ...unattested, ...rows });
    expect([setAside.map((each) => each.reason), findings.filter(({ code }) => code !== 'CREDIT_MISSING')]).toEqual([
      [reason],
      [],
    ]);
  });
});

describe('Every finding', () => {
  it('has a sentence that says what to do, and a kind', () => {
    for (const [code, sentence] of Object.entries(FINDINGS)) {
      expect(sentence).toMatch(/^[A-Z].+\.$/);
      expect(OUTCOME_OF).toHaveProperty(code);
    }
  });
});

const published = sharedDataFor('validation of the statements that the example writes') ? it : it.skip;
published('The statements of the example are valid', async () => {
  const iban = { scheme: 'IBAN', id: 'DE89370400440532013000' } as const;
  const texts = [
    dayEnd([credit({ endToEndId: END_TO_END, reversal: true }), debit({ status: 'PDNG' })]),
    dayEnd([], { account: iban, opening: -1n }),
  ].map(dayEndText);
  for (const xml of texts) expect(await validate(xml, 'camt.053.001.08.xsd')).toEqual({ valid: true, errors: [] });
});
