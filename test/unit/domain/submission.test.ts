/** Checks of a draft against the policy in force and against its documents. */
import { describe, expect, it } from '@jest/globals';
import { modifiedFollowing } from '../../../chaincode/src/domain/calendar.js';
import { assertBacked, assertTenor, policyInForce } from '../../../chaincode/src/domain/submission.js';
import { vouchDeal, type Vouched } from '../../../chaincode/src/domain/vouched.js';
import type { Claim, DraftContent } from '../../../chaincode/src/protocol/records/index.js';
import { CALENDAR, changed, CLAIM, CONTENT, PARTY, policiesOf, POLICY, TODAY } from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';

const taken = (outcome: unknown): unknown =>
  typeof outcome === 'string' || Array.isArray(outcome) ? outcome : 'taken';
const tenor = (businessDate: string, changes: Partial<DraftContent>, sme = false): unknown => {
  const content = { ...CONTENT, ...changes };
  return taken(
    codeOf(() => {
      const paid = modifiedFollowing(CALENDAR, content.dueDate);
      assertTenor(content, paid, POLICY, { ...PARTY.supplier, sme }, businessDate);
    }),
  );
};

describe('tenor', () => {
  // Months are counted on the calendar and clipped at the end of a month, never as 183 or 365 days.
  it.each([
    ['2026-11-23', '2027-05-23', undefined, 'taken'],
    ['2026-11-23', '2027-05-24', undefined, 'TENOR_UNJUSTIFIED'],
    ['2026-11-23', '2027-05-24', 'Shipyard', 'taken'],
    ['2026-11-23', '2027-11-23', 'Shipyard', 'taken'],
    ['2026-11-23', '2027-11-24', 'Shipyard', 'TENOR_EXCEEDED'],
    ['2026-11-23', '2027-11-24', undefined, 'TENOR_EXCEEDED'],
    ['2026-08-31', '2027-02-28', undefined, 'taken'],
    ['2026-08-31', '2027-03-01', undefined, 'TENOR_UNJUSTIFIED'],
    ['2027-08-31', '2028-02-29', undefined, 'taken'],
    ['2027-08-31', '2028-03-01', undefined, 'TENOR_UNJUSTIFIED'],
    ['2028-02-29', '2028-08-29', undefined, 'taken'],
    ['2028-02-29', '2028-08-30', undefined, 'TENOR_UNJUSTIFIED'],
    ['2028-02-29', '2029-02-28', 'Shipyard', 'taken'],
    ['2028-02-29', '2029-03-01', 'Shipyard', 'TENOR_EXCEEDED'],
    ['2026-12-31', '2027-06-30', undefined, 'taken'],
    ['2026-12-31', '2027-07-01', undefined, 'TENOR_UNJUSTIFIED'],
    ['2026-11-23', '2026-11-24', undefined, 'taken'],
  ])('on %s, due on %s with %p: %s', (businessDate, dueDate, tenorJustification, outcome) => {
    const said = tenorJustification === undefined ? {} : { tenorJustification };
    expect(tenor(businessDate, { dueDate, ...said })).toBe(outcome);
  });

  it('refuses what would be paid today because the due date is a holiday at the end of a month', () => {
    const dueDate = '2027-07-31';
    expect([tenor('2027-07-30', { dueDate }), tenor('2027-07-29', { dueDate })]).toEqual(['DUE_DATE_PAST', 'taken']);
  });

  it('refuses a due date that passed on a weekend, or is a weekend today, although the bank pays after it', () => {
    const dueDate = '2027-03-13';
    expect([tenor('2027-03-13', { dueDate }), tenor('2027-03-14', { dueDate })]).toEqual([
      'DUE_DATE_PAST',
      'DUE_DATE_PAST',
    ]);
  });

  // Sixty days before 2027-03-15 is 2027-01-14.
  it.each([
    ['2027-01-20', '2027-01-14', true, 'taken'],
    ['2027-01-20', '2027-01-13', true, 'SME_TERM_EXCEEDED'],
    ['2027-01-20', '1950-01-01', true, 'SME_TERM_EXCEEDED'],
    ['2027-01-20', '2027-01-13', false, 'taken'],
    // Delivered today, or some day: the days are counted from the business date.
    ['2027-01-14', '2027-01-14', true, 'taken'],
    ['2027-01-13', '2027-01-13', true, 'SME_TERM_EXCEEDED'],
    ['2027-01-14', '2027-03-14', true, 'taken'],
    ['2027-01-13', '2027-01-14', true, 'SME_TERM_EXCEEDED'],
    [TODAY, '2027-03-14', true, 'SME_TERM_EXCEEDED'],
    [TODAY, '2199-12-31', true, 'SME_TERM_EXCEEDED'],
    [TODAY, '2199-12-31', false, 'taken'],
  ])('on %s, delivered on %s and due on 2027-03-15, small payee %p: %s', (businessDate, deliveredOn, sme, outcome) => {
    expect(tenor(businessDate, { deliveredOn }, sme)).toBe(outcome);
  });
});

describe('what backs it', () => {
  const claimOf = (number: number, type: Claim['type']): Vouched<'claim'> =>
    vouchDeal(changed(CLAIM, { id: String(number).repeat(64), type }), { bank: PARTY.bank, issuer: PARTY.issuer });
  const backed = (...documents: readonly (readonly [type: Claim['type'], amount: string])[]): unknown => {
    const claims = documents.map(([type], index) => claimOf(index + 1, type));
    const named = documents.map(([, amount], index) => ({ claimId: claims[index]?.id ?? '', amount }));
    return taken(
      codeOf(() => {
        assertBacked({ ...CONTENT, claims: named }, claims);
      }, true),
    );
  };

  it.each([
    ['one invoice', [['INVOICE', '600']], 'taken'],
    [
      'two invoices',
      [
        ['INVOICE', '400'],
        ['INVOICE', '200'],
      ],
      'taken',
    ],
    [
      'an invoice and the bill of lading of the same goods',
      [
        ['INVOICE', '600'],
        ['BILL_OF_LADING', '600'],
      ],
      'taken',
    ],
    [
      'all four kinds',
      [
        ['INVOICE', '600'],
        ['BILL_OF_LADING', '600'],
        ['CONTRACT', '600'],
        ['WAREHOUSE_RECEIPT', '600'],
      ],
      'taken',
    ],
    ['no invoice', [['CONTRACT', '600']], ['SUM_MISMATCH', { type: 'INVOICE' }]],
    [
      'an invoice for half',
      [
        ['INVOICE', '300'],
        ['BILL_OF_LADING', '600'],
      ],
      ['SUM_MISMATCH', { type: 'INVOICE' }],
    ],
    [
      'a bill of lading for half',
      [
        ['INVOICE', '600'],
        ['BILL_OF_LADING', '300'],
      ],
      ['SUM_MISMATCH', { type: 'BILL_OF_LADING' }],
    ],
    [
      'half and half of two kinds',
      [
        ['INVOICE', '300'],
        ['CONTRACT', '300'],
      ],
      ['SUM_MISMATCH', { type: 'INVOICE' }],
    ],
    [
      'two invoices for too much',
      [
        ['INVOICE', '600'],
        ['INVOICE', '1'],
      ],
      ['SUM_MISMATCH', { type: 'INVOICE' }],
    ],
  ] as const)('%s', (_what, documents, outcome) => {
    expect(backed(...documents)).toEqual(outcome);
  });
});

describe('policyInForce', () => {
  const [one, two, three] = ['2025-06-15', '2026-06-15', '2027-06-15'].map((effectiveFrom, index) => ({
    ...POLICY,
    version: index + 1,
    effectiveFrom,
  }));
  const all = policiesOf(...[one, two, three].flatMap((policy) => (policy === undefined ? [] : [policy])));
  it.each([
    ['2025-06-14', 'POLICY_MISSING'],
    ['2025-06-15', { answered: one }],
    ['2026-06-14', { answered: one }],
    ['2026-06-15', { answered: two }],
    ['2030-01-01', { answered: three }],
  ])('on %s', (date, outcome) => {
    expect(codeOf(() => policyInForce(all, date))).toEqual(outcome);
  });

  it('of two from the same day is the later one', () => {
    expect(policyInForce(policiesOf(POLICY, { ...POLICY, version: 2 }), TODAY).version).toBe(2);
  });
});
