/** What each party is owed and owes, from rows made by hand: also from rows that somebody else put into the book. */
import { describe, expect, it } from '@jest/globals';
import { bookDifferences, dailyDifferences, dailyTotals, obligationsOf } from '../../../client/src/desk/index.js';
import { LEI } from '../../deal/players.js';
import {
  CERTIFICATE,
  confirmation,
  deskOf,
  DUE,
  face,
  idOf,
  line,
  LINE,
  MSP,
  presentment,
  row,
  slice,
  status,
  terms,
  termsHash,
  type Rows,
} from './rows.js';

const totals = (paid: string) =>
  ({ schema: 'tenor.totals/1', id: CERTIFICATE, currency: 'USD', paid, salt: 'ab'.repeat(32) }) as const;
const redeemed = (id: string, amount: string) =>
  ({
    schema: 'tenor.redeemed/1',
    id,
    certificateId: CERTIFICATE,
    currency: 'USD',
    amount,
    salt: 'ab'.repeat(32),
  }) as const;
const passed = slice('passed', { amount: '40000', holder: LEI.contractor, holderMsp: MSP.contractor, tier: 1 });

/** A slice of which the payment came back, and the names of what succeeds it. */
const returned = (name: string, amount: string, children: readonly string[]): ReturnType<typeof slice> =>
  slice(name, {
    ...{ state: 'RETURNED', children: children.map((each) => slice(each).id) },
    returned: { paymentId: '97ed4827-7b6f-4491-a06f-b548d5a7512d', payeeBankMsp: MSP.bank, amount },
  });

/** The bank's book of a deal whose root slice was split. */
const bankRows = (changes: Rows = {}): Rows => ({
  line: [row('line', line(), MSP.bank)],
  terms: [row('terms', terms(), MSP.bank)],
  face: [row('face', face(), MSP.bank)],
  confirmation: [row('confirmation', confirmation(), MSP.bank)],
  status: [row('status', status(), MSP.bank)],
  slice: [
    row('slice', slice('root', { amount: '100000', state: 'SPENT' }), MSP.bank),
    row('slice', slice('kept'), MSP.bank),
    row('slice', passed, MSP.bank),
  ],
  ...changes,
});
const holderRows = (...slices: ReturnType<typeof slice>[]): Rows => ({
  terms: [row('terms', terms(), MSP.bank)],
  slice: slices.map((each) => row('slice', each, MSP.bank)),
});
const PROMISE = { issuer: LEI.issuer, bank: LEI.bank, currency: 'USD', paymentDate: DUE };

describe('Obligations', () => {
  it('are owed to a holder by day and state, and added up', () => {
    const offered = slice('offered', {
      ...{ state: 'OFFERED', amount: '5' },
      lock: {
        kind: 'TRANSFER',
        id: 'x'.repeat(22),
        counterparty: LEI.contractor,
        counterpartyMsp: MSP.contractor,
        expiresOn: '2026-12-15',
      },
    });
    const rows = holderRows(
      slice('kept'),
      slice('more', { amount: '7' }),
      offered,
      slice('gone', { state: 'PAID' }),
      slice('asked', { state: 'PRESENTED', amount: '9' }),
      slice('said', { state: 'ACKNOWLEDGED', amount: '3' }),
    );
    const owed = (asOf: string): unknown =>
      obligationsOf(deskOf('supplier', rows), { asOf }).owedTo.map(({ state, amount, count, isDue }) => [
        state,
        amount,
        count,
        isDue,
      ]);
    expect(owed('2026-12-15')).toEqual([
      ['ACKNOWLEDGED', 3n, 1, false],
      ['FREE', 60007n, 2, false],
      ['OFFERED', 5n, 1, false],
      ['PRESENTED', 9n, 1, false],
    ]);
    expect(owed(DUE)).toEqual([
      ['ACKNOWLEDGED', 3n, 1, true],
      ['FREE', 60012n, 3, true],
      ['PRESENTED', 9n, 1, true],
    ]);
    expect(obligationsOf(deskOf('supplier', rows)).owedTo[0]).toMatchObject({ holder: LEI.supplier, ...PROMISE });
  });

  it('of another currency or another day are told apart', () => {
    const later = terms({ id: idOf('bank', 'issuer', 'later'), paymentDate: '2027-04-15', currency: 'CNY' });
    const rows = holderRows(
      slice('kept'),
      slice('other', { certificateId: later.id, termsHash: termsHash(later), currency: 'CNY' }),
    );
    const { owedTo } = obligationsOf(
      deskOf('supplier', { ...rows, terms: [...(rows.terms ?? []), row('terms', later, MSP.bank)] }),
    );
    expect(owedTo.map(({ paymentDate, currency, isDue }) => [paymentDate, currency, isDue])).toEqual([
      [DUE, 'USD', true],
      ['2027-04-15', 'CNY', false],
    ]);
  });

  it('of an issuer are its faces less what was redeemed, and its lines', () => {
    const rows: Rows = {
      line: [row('line', line(), MSP.bank)],
      terms: [row('terms', terms(), MSP.issuer)],
      face: [row('face', face(), MSP.issuer)],
      confirmation: [row('confirmation', confirmation(), MSP.issuer)],
      totals: [row('totals', totals('60000'), MSP.issuer)],
    };
    const { owedBy, owedTo, contingent, lines } = obligationsOf(deskOf('issuer', rows));
    expect(owedBy).toEqual([
      { ...PROMISE, isDue: true, count: 1, face: 100000n, paid: 60000n, settling: 0n, open: 40000n },
    ]);
    expect([owedTo, contingent]).toEqual([[], []]);
    expect(lines).toEqual([
      {
        lineId: LINE,
        bank: LEI.bank,
        issuer: LEI.issuer,
        currency: 'USD',
        limit: 250000n,
        utilised: 100000n,
        available: 150000n,
        excess: 0n,
        expiresOn: '2027-12-31',
      },
    ]);
    expect(obligationsOf(deskOf('issuer', { ...rows, confirmation: [] })).owedBy).toEqual([]);
  });

  it('show a line in EXCESS, and to its holder what is owed again after a payment came back', () => {
    const drawn = { ...line(), utilised: '260000' };
    const { lines } = obligationsOf(deskOf('bank', bankRows({ line: [row('line', drawn, MSP.bank)] })));
    expect(lines).toMatchObject([{ limit: 250000n, utilised: 260000n, available: 0n, excess: 10000n }]);
    const again = [returned('kept', '60000', ['owed']), slice('owed', { amount: '60000' })];
    const { owedTo } = obligationsOf(deskOf('supplier', holderRows(...again)));
    expect(owedTo).toMatchObject([{ state: 'FREE', amount: 60000n, isDue: true }]);
  });

  it('of a bank are what it guarantees, less what it discharged', () => {
    const open = (changes: Rows, asOf = DUE): unknown =>
      obligationsOf(deskOf('bank', bankRows(changes)), { asOf }).contingent.map((each) => each.open);
    expect(open({})).toEqual([100000n]);
    expect(open({ slice: [row('slice', slice('kept', { state: 'PAID' }), MSP.bank)] })).toEqual([40000n]);
    const unguaranteed = terms({ mode: 'UNGUARANTEED' });
    expect(open({ terms: [row('terms', unguaranteed, MSP.bank)] })).toEqual([]);
    for (const state of ['DECLINED', 'UNWOUND'] as const)
      expect(open({ status: [row('status', status({ state }), MSP.bank)] })).toEqual([]);
    const settled = { status: [row('status', status({ state: 'SETTLED' }), MSP.bank)] };
    const paid = ['kept', 'passed'].map((name) =>
      row('slice', slice(name, { state: 'PAID', amount: '50000' }), MSP.bank),
    );
    expect(open({ ...settled, slice: paid })).toEqual([]);
    // Of a settled certificate a payment came back: the bank owes it again, whatever is counted.
    const back = returned('kept', '20000', ['owed', 'rest']);
    const again = [back, slice('owed', { amount: '20000' }), slice('rest', { amount: '30000', state: 'PAID' })];
    const rows = [...again.map((each) => row('slice', each, MSP.bank)), ...paid.slice(1)];
    expect(open({ ...settled, slice: rows })).toEqual([20000n]);
    const offered = { status: [row('status', status({ state: 'OFFERED', offerExpiresOn: '2026-12-15' }), MSP.bank)] };
    expect([open(offered, '2026-12-15'), open(offered, '2026-12-16')]).toEqual([[100000n], []]);
  });
});

describe('A row that somebody put into the book', () => {
  const kept = slice('kept');
  const good = holderRows(kept);
  const owed = (rows: Rows): unknown => {
    const { owedTo, setAside } = obligationsOf(deskOf('supplier', rows));
    return [
      owedTo.reduce((sum, { amount }) => sum + amount, 0n),
      setAside.map(({ kind, reason }) => `${kind} ${reason}`),
    ];
  };
  const evil = 'EvilMSP';
  it.each<readonly [what: string, rows: Rows, sum: bigint, reasons: readonly string[]]>([
    [
      'superseded',
      { ...good, slice: [{ ...row('slice', kept, MSP.bank), current: false, reason: 'SUPERSEDED' } as never] },
      0n,
      ['slice SUPERSEDED'],
    ],
    [
      'unreadable',
      {
        ...good,
        slice: [{ kind: 'slice', id: 'x', register: evil, opening: '!', current: false, reason: 'UNREADABLE' }],
      },
      0n,
      ['slice UNREADABLE'],
    ],
    [
      'kept by another organisation than its id names',
      { ...good, slice: [row('slice', kept, evil)] },
      0n,
      ['slice FOREIGN_REGISTER'],
    ],
    [
      'beside the same row of a foreign register',
      { ...good, slice: [row('slice', kept, MSP.bank), row('slice', { ...kept, amount: '999' }, evil)] },
      60000n,
      ['slice FOREIGN_REGISTER'],
    ],
    [
      'of a holder that lives elsewhere',
      { ...good, slice: [row('slice', slice('kept', { holder: LEI.contractor }), MSP.bank)] },
      0n,
      ['slice PARTY_ELSEWHERE'],
    ],
    [
      'of a party that nobody knows',
      { ...good, slice: [row('slice', slice('kept', { holder: '__proto__' }), MSP.bank)] },
      0n,
      ['slice PARTY_ELSEWHERE'],
    ],
    ['without its terms', { slice: good.slice ?? [] }, 0n, ['slice CERTIFICATE_DIFFERS']],
    [
      'under other terms',
      { ...good, terms: [row('terms', terms({ paymentDate: '2030-01-01' }), MSP.bank)] },
      0n,
      ['slice CERTIFICATE_DIFFERS'],
    ],
    [
      'in another currency than its terms',
      { ...good, slice: [row('slice', slice('kept', { currency: 'CNY' }), MSP.bank)] },
      0n,
      ['slice CERTIFICATE_DIFFERS'],
    ],
    [
      'of terms in a book that its id does not name',
      { ...good, terms: [row('terms', terms({ bankMsp: evil }), evil)] },
      0n,
      ['terms FOREIGN_REGISTER', 'slice CERTIFICATE_DIFFERS'],
    ],
    [
      'twice, as a register has it that took its record back',
      { ...good, slice: [row('slice', kept, MSP.bank), row('slice', kept, MSP.bank)] },
      60000n,
      [],
    ],
  ])('%s counts for nothing more', (_what, rows, sum, reasons) => {
    expect(owed(rows)).toEqual([sum, reasons]);
  });
});

describe('A day', () => {
  it('is counted by issuer, currency and step, and against the day before', () => {
    const before = deskOf('bank', bankRows({ slice: [row('slice', slice('root', { amount: '100000' }), MSP.bank)] }));
    const today = deskOf(
      'bank',
      bankRows({
        presentment: [row('presentment', presentment(), MSP.supplier)],
        slice: [
          row('slice', slice('root', { amount: '100000', state: 'SPENT' }), MSP.bank),
          // Merged as it was presented: it is counted there, and not as if it had been split.
          row('slice', slice('part', { state: 'SPENT', children: [slice('kept').id] }), MSP.bank),
          row('slice', slice('kept', { state: 'PAID' }), MSP.bank),
          row('slice', passed, MSP.bank),
        ],
        redeemed: [row('redeemed', redeemed(slice('kept').id, '60000'), MSP.issuer)],
      }),
    );
    const of = (desk: typeof today, earlier?: typeof today): unknown =>
      dailyTotals(desk, earlier).map(({ issuer, step, count, amount }) => [issuer === LEI.issuer, step, count, amount]);
    const since = [
      [true, 'PAID', 1, 60000n],
      [true, 'PRESENTED', 1, 60000n],
      [true, 'REDEEMED', 1, 60000n],
      [true, 'SPLIT', 1, 100000n],
    ];
    expect(of(today, before)).toEqual(since);
    expect(of(today)).toEqual([[true, 'ISSUED', 1, 100000n], ...since]);
    expect(of(today, today)).toEqual([]);
  });

  it('counts what came back, and what stayed paid of it with the slice that it was a part of', () => {
    const passedOn = row('slice', passed, MSP.bank);
    const before = deskOf(
      'bank',
      bankRows({ slice: [row('slice', slice('kept', { state: 'PAID' }), MSP.bank), passedOn] }),
    );
    const again = [
      returned('kept', '20000', ['owed', 'rest']),
      ...[slice('owed', { amount: '20000' }), slice('rest', { amount: '40000', state: 'PAID' })],
    ];
    const marks = [
      redeemed(slice('kept').id, '60000'),
      { ...redeemed(slice('rest').id, '40000'), partOf: slice('kept').id },
    ];
    const after = bankRows({
      slice: [...again.map((each) => row('slice', each, MSP.bank)), passedOn],
      redeemed: marks.map((each) => row('redeemed', each, MSP.issuer)),
    });
    const steps = dailyTotals(deskOf('bank', after), before).map(({ step, count, amount }) => [step, count, amount]);
    expect(steps).toEqual([
      ['REDEEMED', 1, 60000n],
      ['RETURNED', 1, 20000n],
    ]);
  });

  it('differs between two books where one of them counts more, or something else', () => {
    const one = { issuer: LEI.issuer, currency: 'USD', step: 'ISSUED', count: 1, amount: 5n } as const;
    const split = { ...one, step: 'SPLIT' } as const;
    expect(dailyDifferences([one, split], [one], ['ISSUED', 'REDEEMED'])).toEqual([]);
    const { count: _count, amount: _amount, ...key } = one;
    expect(dailyDifferences([one], [{ ...one, amount: 6n }], ['ISSUED'])).toEqual([
      { ...key, own: one, other: { ...one, amount: 6n } },
    ]);
    expect(dailyDifferences([one], [], ['ISSUED'])).toEqual([{ ...key, own: one }]);
    expect(dailyDifferences([], [one], ['ISSUED'])).toEqual([{ ...key, other: one }]);
  });
});

describe("A bank's balances, built again from its records,", () => {
  const codes = (changes: Rows): unknown =>
    bookDifferences(deskOf('bank', bankRows(changes))).map(({ code, registered, rebuilt }) => [
      code,
      registered,
      rebuilt,
    ]);
  it('are those that are registered', () => {
    expect(codes({})).toEqual([]);
    expect(
      codes({
        line: [row('line', line({ utilised: '40000' }), MSP.bank)],
        totals: [row('totals', totals('60000'), MSP.issuer)],
        redeemed: [row('redeemed', redeemed(slice('kept').id, '60000'), MSP.issuer)],
      }),
    ).toEqual([]);
    expect(
      codes({
        line: [row('line', line({ utilised: '0' }), MSP.bank)],
        status: [row('status', status({ state: 'UNWOUND' }), MSP.bank)],
      }),
    ).toEqual([]);
  });
  it('are right where a part came back: taken out of the count, or drawn again by the bank alone', () => {
    const [kept, rest] = [slice('kept').id, slice('rest').id];
    const slices = (changes = {}): NonNullable<Rows['slice']> =>
      [
        { ...returned('kept', '20000', ['owed', 'rest']), ...changes },
        slice('owed', { amount: '20000' }),
        slice('rest', { amount: '40000', state: 'PAID' }),
        passed,
      ].map((each) => row('slice', each, MSP.bank));
    const drawn = { line: [row('line', line({ utilised: '60000' }), MSP.bank)] };
    const marks = [{ ...redeemed(kept, '60000'), isReturned: true as const }, redeemed(rest, '40000')];
    const out = {
      totals: [row('totals', totals('40000'), MSP.issuer)],
      redeemed: marks.map((each) => row('redeemed', each, MSP.issuer)),
    };
    expect(codes({ ...drawn, ...out, slice: slices() })).toEqual([]);
    const before = {
      totals: [row('totals', totals('60000'), MSP.issuer)],
      redeemed: [row('redeemed', redeemed(kept, '60000'), MSP.issuer)],
    };
    expect(codes({ ...drawn, ...before, slice: slices({ redrawn: '20000' }) })).toEqual([]);
    // Once it is out of the count, what was drawn before is no more than what the count says.
    expect(codes({ ...drawn, ...out, slice: slices({ redrawn: '20000' }) })).toEqual([]);
  });
  it('are those that are registered after a payment came back', () => {
    const back = slice('kept', { state: 'RETURNED' });
    const [owed, rest] = [slice('owed', { amount: '50000' }), slice('rest', { amount: '10000', state: 'PAID' })];
    const slices = (redrawn: object): Rows => ({
      slice: [{ ...back, ...redrawn }, owed, rest, passed].map((each) => row('slice', each, MSP.bank)),
    });
    const counted = redeemed(back.id, '60000');
    const utilised = { line: [row('line', line({ utilised: '90000' }), MSP.bank)] };
    const takenOut = [
      { ...counted, isReturned: true as const },
      { ...redeemed(rest.id, '10000'), partOf: back.id },
    ];
    expect(
      codes({
        ...{ ...slices({}), ...utilised, totals: [row('totals', totals('10000'), MSP.issuer)] },
        redeemed: takenOut.map((each) => row('redeemed', each, MSP.issuer)),
      }),
    ).toEqual([]);
    // The issuer is silent, and the bank has drawn the line alone.
    expect(
      codes({
        ...{ ...slices({ redrawn: '50000' }), ...utilised, totals: [row('totals', totals('60000'), MSP.issuer)] },
        redeemed: [row('redeemed', counted, MSP.issuer)],
      }),
    ).toEqual([]);
  });
  it('are found to differ', () => {
    expect(codes({ slice: [row('slice', slice('kept'), MSP.bank)] })).toEqual([['FACE_DIFFERS', 100000n, 60000n]]);
    expect(codes({ line: [row('line', line({ utilised: '1' }), MSP.bank)] })).toEqual([['LINE_DIFFERS', 1n, 100000n]]);
    expect(
      codes({
        line: [row('line', line({ utilised: '100000', revolving: false }), MSP.bank)],
        totals: [row('totals', totals('60000'), MSP.issuer)],
      }),
    ).toEqual([['TOTALS_DIFFER', 60000n, 0n]]);
  });
});
