/** What a maturity run presents together, by which mandate, and what it counts together. */
import { describe, expect, it } from '@jest/globals';
import { inTurn, presentablesOf, redeemablesOf, weightsOf } from '../../../client/src/desk/maturityGroups.js';
import type { DueBook } from '../../../client/src/desk/maturityBook.js';
import type { BookRecord, Slice, Terms } from '../../../chaincode/src/protocol/records/index.js';
import {
  changed,
  CONTRACTOR,
  DUE,
  idOf,
  MANDATE,
  MSP,
  OTHER_BANK,
  SLICE,
  CONSOLIDATION,
  SUPPLIER,
  TERMS,
} from '../../commands/support/facts.js';

const slice = (number: number, changes: Partial<Slice> = {}): Slice =>
  changed(SLICE, { id: idOf('bank', 'supplier', 'slice', number), ...changes }).record;
const mandate = (number: number, changes: Partial<BookRecord<'mandate'>> = {}): BookRecord<'mandate'> =>
  changed(MANDATE, { id: idOf('supplier', 'supplier', 'mandate', number), ...changes }).record;
const OTHER: Terms = changed(TERMS, { id: idOf('bank', 'issuer', 'certificate', 2) }).record;
const bookOf = (book: Partial<DueBook>): DueBook => ({
  terms: new Map([TERMS.record, OTHER].map((terms) => [terms.id, terms])),
  lines: new Map(),
  ...{
    slices: [],
    consolidations: [],
    mandates: [mandate(1)],
    presentments: [],
    redeemed: new Set(),
    inCount: new Set(),
    openings: new Map(),
  },
  ...book,
});
const many = (count: number, changes: Partial<Slice> = {}): Slice[] =>
  Array.from({ length: count }, (_, index) => slice(index + 1, changes));
const sizes = (book: Partial<DueBook>): number[] =>
  presentablesOf(bookOf(book), DUE).presentables.map(({ sliceIds }) => sliceIds.length);
/** The number of the mandate by which one slice is presented; undefined where its holder has to. */
const chosen = (mandates: readonly BookRecord<'mandate'>[], changes: Partial<Slice> = {}): string | undefined =>
  presentablesOf(bookOf({ slices: [slice(1, changes)], mandates }), DUE).presentables[0]?.mandate.id;

describe('what is presented together', () => {
  it('is a hundred slices of fifty certificates at most', () => {
    expect(sizes({ slices: many(100) })).toEqual([100]);
    expect(sizes({ slices: many(101) })).toEqual([100, 1]);
    const roots = Array.from({ length: 51 }, (_, index) => idOf('bank', 'issuer', 'certificate', index));
    const terms = new Map(roots.map((id) => [id, { ...TERMS.record, id }]));
    const slices = roots.map((certificateId, index) => slice(index + 1, { certificateId }));
    expect(sizes({ slices, terms })).toEqual([50, 1]);
  });

  it('is merged by certificate, those of one certificate after each other', () => {
    const slices = [slice(1), slice(2, { certificateId: OTHER.id }), slice(3)];
    const [call] = presentablesOf(bookOf({ slices }), DUE).presentables;
    expect(call?.merges).toEqual([
      { certificateId: TERMS.id, sliceIds: [slice(1).id, slice(3).id] },
      { certificateId: OTHER.id, sliceIds: [slice(2).id] },
    ]);
    expect(call?.sliceIds).toEqual([slice(1).id, slice(3).id, slice(2).id]);
  });

  it('is all of a certificate, if one call takes it', () => {
    const slices = [...many(60), ...many(60, { certificateId: OTHER.id })];
    expect(sizes({ slices })).toEqual([60, 60]);
    expect(sizes({ slices: [...many(60), ...many(101, { certificateId: OTHER.id })] })).toEqual([100, 61]);
  });

  it('is presented in turn where it is of one holder and one certificate, and side by side otherwise', () => {
    const turns = (slices: Slice[], mandates = [mandate(1)]): number[] =>
      inTurn(presentablesOf(bookOf({ slices, mandates }), DUE).presentables).map((calls) => calls.length);
    expect(turns([...many(60), ...many(60, { certificateId: OTHER.id })])).toEqual([1, 1]);
    expect(turns(many(201))).toEqual([3]);
    const liable = [{ party: CONTRACTOR, mspId: MSP.contractor }];
    expect(turns([slice(1), slice(2, { liable })])).toEqual([2]);
    const ofContractor = { holder: CONTRACTOR, holderMsp: MSP.contractor };
    expect(turns([slice(1), slice(2, ofContractor)], [mandate(1), mandate(2, ofContractor)])).toEqual([1, 1]);
    // The third call is of both certificates.
    const others = { certificateId: OTHER.id, liable: [{ party: OTHER_BANK, mspId: MSP.otherBank }] };
    const both = [slice(3), slice(4, { certificateId: OTHER.id })];
    expect(turns([slice(1, { liable }), slice(2, others), ...both])).toEqual([3]);
  });

  it('has the same people liable for it', () => {
    const liable = [{ party: CONTRACTOR, mspId: MSP.contractor }];
    expect(sizes({ slices: [slice(1), slice(2, { liable }), slice(3), slice(4, { liable })] })).toEqual([2, 2]);
  });

  it('is no more than one payment carries', () => {
    expect(sizes({ slices: many(3, { amount: '500000000000000000' }) })).toEqual([2, 1]);
    expect(sizes({ slices: many(2, { amount: '500000000000000001' }) })).toEqual([1, 1]);
  });

  it('is of several certificates of one issuer, and of no other issuer or currency', () => {
    const second = slice(2, { certificateId: OTHER.id });
    expect(sizes({ slices: [slice(1), second] })).toEqual([2]);
    const others: Terms = { ...OTHER, issuer: CONTRACTOR };
    const terms = new Map([TERMS.record, others].map((each) => [each.id, each]));
    expect(sizes({ slices: [slice(1), second], terms })).toEqual([1, 1]);
    expect(sizes({ slices: [slice(1), slice(2, { currency: 'CNY' })] })).toEqual([1, 1]);
  });

  it('is free, or was on offer: an offer ends before the due date', () => {
    const states = (['FREE', 'OFFERED', 'PRESENTED', 'ACKNOWLEDGED', 'SPENT', 'PAID'] as const).map((state, index) =>
      slice(index + 1, { state }),
    );
    expect(sizes({ slices: states })).toEqual([2]);
  });
});

it('what came back is presented by its holder, and not by a mandate into the same account again', () => {
  const [back, owed] = [slice(1), slice(2)];
  const returned = { paymentId: '97ed4827-7b6f-4491-a06f-b548d5a7512d', payeeBankMsp: MSP.otherBank, amount: '600' };
  const slices = [{ ...back, state: 'RETURNED' as const, children: [owed.id], returned }, owed, slice(3)];
  const { presentables, unmandated } = presentablesOf(bookOf({ slices }), DUE);
  expect(presentables.map(({ sliceIds }) => sliceIds)).toEqual([[slice(3).id]]);
  expect(unmandated).toEqual([{ holder: SUPPLIER, sliceIds: [owed.id] }]);
});

it('what succeeds a slice that is in the count is not counted yet', () => {
  const book = bookOf({ slices: [slice(1, { state: 'PAID', awaits: slice(9).id })], redeemed: new Set([slice(9).id]) });
  expect(redeemablesOf({ ...book, inCount: book.redeemed }, new Set())).toEqual([]);
  expect(redeemablesOf(book, new Set())).toMatchObject([[[{ sliceIds: [slice(1).id] }]]]);
});

describe('how many due slices a slice stands for', () => {
  it('is those that were merged into it, also where they were merged before, and one where it was not merged', () => {
    const [first, second, third] = [slice(1), slice(2), slice(3)];
    const [once, twice, split] = [slice(4), slice(5), slice(6, { state: 'SPENT', children: [first.id, second.id] })];
    // Most are listed, and one whose offer had lapsed was rewritten.
    const lapsed = slice(7, { state: 'SPENT', children: [twice.id] });
    const wholes = [
      { id: once.id, sliceIds: [first.id, second.id] },
      { id: twice.id, sliceIds: [once.id, third.id] },
    ];
    const weights = weightsOf({
      slices: [first, second, once, third, lapsed, twice, split],
      consolidations: [changed(CONSOLIDATION, { wholes }).record],
    });
    expect([first, once, twice, split].map(({ id }) => weights.get(id))).toEqual([1, 2, 4, 1]);
  });
});

describe('the mandate', () => {
  it.each([
    ['of another holder', mandate(1, { holder: CONTRACTOR })],
    ['of another organisation of the holder', mandate(1, { holderMsp: MSP.contractor })],
    ['to another bank', mandate(1, { bank: OTHER_BANK })],
    ['to another organisation of the bank', mandate(1, { bankMsp: MSP.otherBank })],
    ['for another certificate', mandate(1, { certificateId: OTHER.id })],
    ['that ended yesterday', mandate(1, { until: '2027-03-14' })],
  ])('%s does not count, and the holder is named', (_what, wrong) => {
    expect(presentablesOf(bookOf({ slices: many(2), mandates: [wrong] }), DUE)).toEqual({
      presentables: [],
      unmandated: [{ holder: SUPPLIER, sliceIds: many(2).map(({ id }) => id) }],
    });
  });

  it('for the very certificate comes first, then the one that lasts longest', () => {
    const [general, longer, special] = [
      mandate(1),
      mandate(2, { until: '2027-12-31' }),
      mandate(3, { certificateId: TERMS.id }),
    ];
    expect(chosen([general, longer, special])).toBe(special.id);
    expect(chosen([general, longer])).toBe(longer.id);
    expect(chosen([longer, general])).toBe(longer.id);
    expect(chosen([general, longer, special], { certificateId: OTHER.id })).toBe(longer.id);
    expect(chosen([mandate(5), mandate(4)])).toBe(mandate(4).id);
  });
});

describe('what is counted together', () => {
  const paid = (number: number, changes: Partial<Slice> = {}): Slice => slice(number, { state: 'PAID', ...changes });

  const lines = new Map([
    [TERMS.id, 'one line'],
    [OTHER.id, 'another line'],
  ]);
  /** How many slices each call counts, by list: calls of one list follow each other. */
  const sizesOf = (book: Partial<DueBook>, since: readonly Slice[] = []): number[][] =>
    redeemablesOf(bookOf(book), new Set(since.map(({ id }) => id))).map((list) =>
      list.map((call) => call.reduce((sum, { sliceIds }) => sum + sliceIds.length, 0)),
    );

  it('is paid, of one issuer, and not counted yet', () => {
    const slices = [paid(1), paid(2, { certificateId: OTHER.id }), paid(3), slice(4), paid(5)];
    const book = bookOf({ slices, lines, redeemed: new Set([paid(5).id]) });
    expect(redeemablesOf(book, new Set())).toEqual([
      [
        [
          { certificateId: TERMS.id, sliceIds: [paid(1).id, paid(3).id] },
          { certificateId: OTHER.id, sliceIds: [paid(2).id] },
        ],
      ],
    ]);
  });

  it('is not of two issuers', () => {
    const slices = [paid(1), paid(2, { certificateId: OTHER.id })];
    const terms = new Map([TERMS.record, { ...OTHER, issuer: CONTRACTOR }].map((each) => [each.id, each]));
    expect(sizesOf({ slices, lines, terms })).toEqual([[1], [1]]);
  });

  it('is on lines of its own, because two calls at once cannot change one line', () => {
    const slices = [...many(20, { state: 'PAID' }), ...Array.from({ length: 20 }, (_, index) => paid(index + 21))];
    const others = slices.slice(20).map((each) => ({ ...each, certificateId: OTHER.id }));
    expect(sizesOf({ slices: [...slices.slice(0, 20), ...others], lines })).toEqual([[20], [20]]);
    const shared = new Map([TERMS.id, OTHER.id].map((id) => [id, 'one line']));
    expect(sizesOf({ slices: [...slices.slice(0, 20), ...others], lines: shared })).toEqual([[25, 15]]);
  });

  it('takes in what was paid since the book was read, twenty-five at most in one call', () => {
    const slices = many(51, { state: 'PRESENTED' });
    expect(sizesOf({ slices, lines }, slices)).toEqual([[25, 25, 1]]);
  });
});
