/** The issuer's promise: tenor, justification, the SME term, what backs it, and what it writes. */
import { describe, expect, it } from '@jest/globals';
import { policyInForce, submit, type SubmitFacts } from '../../../chaincode/src/domain/submit.js';
import type { DraftContent, Policy, PublicRecord } from '../../../chaincode/src/protocol/records/index.js';
import { codeOf } from '../protocol/support.js';
import {
  callerOf,
  changed,
  CHECKER,
  CLAIM,
  CONTRACTOR,
  DRAFT,
  FACE,
  LINE,
  MSP,
  OTHER_BANK,
  PARTY,
  TERMS,
  TODAY,
  unsaltedOf,
} from './facts.js';
import { refusesInOrder } from './refusals.js';
import { wrongCallers } from './wrongs.js';

const POLICY: Policy = {
  ...{ version: 1, effectiveFrom: '2025-06-15', maxTenorMonths: 12, justifyBeyondMonths: 6, smePaymentDays: 60 },
  ...{ maxTier: 2, maxChildren: 4, graceDays: 5 },
};
const policiesOf = (...versions: Policy[]): PublicRecord<'policies'> => ({ schema: 'tenor.policies/1', versions });
const CALENDAR: PublicRecord<'calendar'> = {
  ...{ schema: 'tenor.calendar/1', id: 'CN', version: 1, weekend: [5, 6], holidays: ['2027-01-01'], extraWorkdays: [] },
};

const GOOD: SubmitFacts = {
  ...{ caller: callerOf('issuer'), draft: DRAFT, issuer: PARTY.issuer, bank: PARTY.bank, payee: PARTY.supplier },
  ...{ policies: policiesOf(POLICY), calendar: CALENDAR, businessDate: TODAY, claims: [CLAIM], line: LINE },
};
const run = (facts: SubmitFacts): ReturnType<typeof submit> => submit({ certificateId: DRAFT.id }, facts);
const facts = (changes: Partial<SubmitFacts>) => (current: SubmitFacts) => ({ ...current, ...changes });
const content = (changes: Partial<DraftContent>) => (current: SubmitFacts) => ({
  ...current,
  draft: changed(current.draft, { content: { ...current.draft.record.content, ...changes } }),
});
const line = (changes: Partial<typeof LINE.record>) => (current: SubmitFacts) => ({
  ...current,
  line: changed(current.line ?? LINE, changes),
});
const claimed = (changes: Partial<typeof CLAIM.record>) => (current: SubmitFacts) => ({
  ...current,
  claims: current.claims.map((each) => changed(each, changes)),
});
const SME = { ...PARTY.supplier, sme: true };

describe('submit', () => {
  refusesInOrder<SubmitFacts>(run, GOOD, [
    ...wrongCallers<SubmitFacts>('issuer', ['checker'], (caller) => facts({ caller })),
    [
      'SAME_PERSON',
      'the checker drafted it',
      (current) => ({ ...current, draft: changed(current.draft, { maker: CHECKER }) }),
    ],
    ['PARTY_ROLE', 'the issuer is suspended', facts({ issuer: { ...PARTY.issuer, status: 'SUSPENDED' } })],
    ['PARTY_ROLE', 'the issuer is none', facts({ issuer: { ...PARTY.issuer, roles: ['bank', 'supplier'] } })],
    ['PARTY_ROLE', 'the bank is none', facts({ bank: { ...PARTY.bank, roles: ['issuer', 'supplier'] } })],
    ['PARTY_ROLE', 'the payee is no supplier', facts({ payee: { ...PARTY.supplier, roles: ['bank', 'issuer'] } })],
    [
      'SAME_ORGANIZATION',
      'issuer and bank live in one organisation',
      facts({ bank: { ...PARTY.bank, mspId: MSP.issuer } }),
    ],
    [
      'POLICY_MISSING',
      'no policy is in force yet',
      facts({ policies: policiesOf({ ...POLICY, effectiveFrom: '2026-11-24' }) }),
    ],
    ['POLICY_MISSING', 'there is no policy', facts({ policies: policiesOf() })],
    ['DUE_DATE_PAST', 'it is due today', content({ dueDate: TODAY })],
    ['DUE_DATE_PAST', 'it was due', content({ dueDate: '2026-11-20' })],
    [
      'TENOR_EXCEEDED',
      'it is due a day after twelve months',
      content({ dueDate: '2027-11-24', tenorJustification: 'Shipyard' }),
    ],
    ['TENOR_UNJUSTIFIED', 'it is due a day after six months, without a word', content({ dueDate: '2027-05-24' })],
    [
      'SME_TERM_EXCEEDED',
      'a small payee waits 61 days from delivery',
      (current) => facts({ payee: SME })(content({ deliveredOn: '2027-01-13' })(current)),
    ],
    [
      'DUPLICATE_ITEM',
      'a document is named twice',
      (current) =>
        content({ claims: [0, 1].map(() => ({ claimId: CLAIM.id, amount: '300' })) })(
          facts({ claims: [CLAIM, CLAIM] })(current),
        ),
    ],
    ['SUM_MISMATCH', 'the documents back less', content({ claims: [{ claimId: CLAIM.id, amount: '599' }] })],
    ['SUM_MISMATCH', 'the documents back more', content({ claims: [{ claimId: CLAIM.id, amount: '601' }] })],
    ['DOCUMENT_FOREIGN', 'another issuer claimed it', claimed({ issuer: CONTRACTOR })],
    ['DOCUMENT_FOREIGN', 'another bank holds it', claimed({ bank: OTHER_BANK })],
    ['DOCUMENT_FOREIGN', 'it names another register than the bank', claimed({ bankMsp: MSP.issuer })],
    ['DOCUMENT_FOREIGN', 'it names another book of the issuer', claimed({ issuerMsp: MSP.bank })],
    ['DOCUMENT_FOREIGN', 'another supplier sold it', claimed({ seller: CONTRACTOR })],
    ['DOCUMENT_FOREIGN', 'it is in another currency', claimed({ currency: 'CNY' }), { claimId: CLAIM.id }],
    ['DOCUMENT_CAPACITY', 'the document is worth less', claimed({ capacity: '599' })],
    ['LINE_NOT_AUTOMATIC', 'the line does not confirm at once', line({ autoConfirm: false }), { lineId: LINE.id }],
    ['BATCH_MIXED', 'the line is of another issuer', line({ issuer: CONTRACTOR })],
    ['BATCH_MIXED', 'the line is of another bank', line({ bank: OTHER_BANK })],
    ['BATCH_MIXED', 'the line names another register than the bank', line({ bankMsp: MSP.issuer })],
    ['BATCH_MIXED', 'the line names another book of the issuer', line({ issuerMsp: MSP.bank })],
    ['CURRENCY_MISMATCH', 'the line is in another currency', line({ currency: 'CNY' })],
    ['LINE_EXPIRED', 'the line ends a day before', line({ expiresOn: '2027-03-14' })],
    ['LINE_EXCEEDED', 'the line has less left', line({ utilised: '401' })],
  ]);
});

describe('tenor', () => {
  const dueOn = (businessDate: string, dueDate: string, tenorJustification?: string): unknown => {
    const changes = { dueDate, ...(tenorJustification === undefined ? {} : { tenorJustification }) };
    const outcome = codeOf(() => run(line({ expiresOn: '2030-01-01' })(content(changes)({ ...GOOD, businessDate }))));
    return typeof outcome === 'string' ? outcome : 'taken';
  };

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
  ])('on %s, due on %s with %p: %s', (businessDate, dueDate, justification, outcome) => {
    expect(dueOn(businessDate, dueDate, justification)).toBe(outcome);
  });

  it('refuses what would be paid today because the due date is a holiday at the end of a month', () => {
    expect([dueOn('2027-07-30', '2027-07-31'), dueOn('2027-07-29', '2027-07-31')]).toEqual(['DUE_DATE_PAST', 'taken']);
  });

  it('refuses a due date that passed on a weekend, or is a weekend today, although the bank pays after it', () => {
    expect(dueOn('2027-03-13', '2027-03-13')).toBe('DUE_DATE_PAST');
    expect(dueOn('2027-03-14', '2027-03-13')).toBe('DUE_DATE_PAST');
  });

  it('follows the policy that is in force: the cut to six months', () => {
    const cut: Policy = { ...POLICY, version: 2, effectiveFrom: '2027-01-01', maxTenorMonths: 6 };
    const on = (businessDate: string): unknown =>
      codeOf(() =>
        run(
          content({ dueDate: '2027-07-15', tenorJustification: 'Shipyard' })({
            ...GOOD,
            businessDate,
            policies: policiesOf(POLICY, cut),
          }),
        ),
      );
    expect([typeof on('2026-12-31'), on('2027-01-01'), on('2027-01-14'), typeof on('2027-01-15')]).toEqual([
      'object',
      'TENOR_EXCEEDED',
      'TENOR_EXCEEDED',
      'object',
    ]);
  });

  it.each([
    ['2027-01-14', true, 'taken'],
    ['2027-01-13', true, 'SME_TERM_EXCEEDED'],
    ['2027-01-13', false, 'taken'],
    ['2027-04-01', true, 'taken'],
  ])('delivered on %s and due on 2027-03-15, small payee %p: %s', (deliveredOn, sme, outcome) => {
    const found = codeOf(() => run(content({ deliveredOn })({ ...GOOD, payee: { ...PARTY.supplier, sme } })));
    expect(typeof found === 'string' ? found : 'taken').toBe(outcome);
  });
});

describe('what backs it', () => {
  const claimOf = (number: number, type: typeof CLAIM.record.type): typeof CLAIM =>
    changed(CLAIM, { id: String(number).repeat(64), type });
  const backed = (...documents: readonly (readonly [type: typeof CLAIM.record.type, amount: string])[]): unknown => {
    const claims = documents.map(([type], index) => claimOf(index + 1, type));
    const named = documents.map(([, amount], index) => ({ claimId: claims[index]?.id ?? '', amount }));
    const found = codeOf(() => run(content({ claims: named })({ ...GOOD, claims })), true);
    return Array.isArray(found) ? found : 'taken';
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

  it('reserves in every document', () => {
    const claims = [claimOf(1, 'INVOICE'), claimOf(2, 'INVOICE')];
    const named = [
      { claimId: claimOf(1, 'INVOICE').id, amount: '400' },
      { claimId: claimOf(2, 'INVOICE').id, amount: '200' },
    ];
    const { writes } = run(content({ claims: named })({ ...GOOD, claims, line: undefined }));
    const books = [{ mspId: MSP.bank }, { mspId: MSP.issuer }];
    expect(writes.filter(({ kind }) => kind === 'claim')).toEqual(
      claims.map((each, index) => ({
        ...{ op: 'put', kind: 'claim', id: each.id, books },
        record: { ...each.record, allocations: [{ certificateId: DRAFT.id, amount: named[index]?.amount }] },
      })),
    );
  });
});

describe('what it writes', () => {
  const books = [{ mspId: MSP.bank }, { mspId: MSP.issuer }];
  const policy = { all: [MSP.issuer, MSP.bank] };
  const roots = books.map((book) => ({ ...book, policy }));
  const put = (kind: string, id: string, record: object, into: readonly object[]): object => ({
    op: 'put',
    kind,
    id,
    record,
    books: into,
  });
  const submitted = [
    put('terms', TERMS.id, unsaltedOf(TERMS), roots),
    put('face', FACE.id, unsaltedOf(FACE), roots),
    put('claim', CLAIM.id, { ...CLAIM.record, allocations: [{ certificateId: DRAFT.id, amount: '600' }] }, books),
    { op: 'delete', kind: 'draft', id: DRAFT.id, books: [{ mspId: MSP.issuer }] },
  ];

  it('roots under both organisations, reservations, and no draft any more', () => {
    expect(run({ ...GOOD, line: undefined })).toEqual({ writes: submitted });
  });

  it('with a line also the confirmation and the draw', () => {
    const confirmation = {
      schema: 'tenor.confirmation/1',
      id: DRAFT.id,
      outcome: 'CONFIRMED',
      by: 'LINE',
      lineId: LINE.id,
    };
    expect(run(GOOD)).toEqual({
      writes: [
        ...submitted,
        put('confirmation', DRAFT.id, confirmation, roots),
        put('line', LINE.id, { ...LINE.record, utilised: '1000' }, books),
      ],
    });
  });

  it('keeps due date and payment date apart, and shows the payee only on the face', () => {
    const { writes } = run(content({ dueDate: '2027-03-13', tenorJustification: 'Shipyard' })(GOOD));
    const [terms, face] = writes.map((write) => ('record' in write ? write.record : {}));
    expect(terms).toEqual({ ...unsaltedOf(TERMS), dueDate: '2027-03-13', paymentDate: '2027-03-15' });
    expect(face).toEqual({ ...unsaltedOf(FACE), dueDate: '2027-03-13', tenorJustification: 'Shipyard' });
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
