/** Splits: the parts add up, the whole becomes a tombstone, and nothing else about the slice changes. */
import { describe, expect, it } from '@jest/globals';
import { split, type SliceFacts } from '../../../chaincode/src/domain/split.js';
import { codeOf } from '../protocol/support.js';
import {
  callerOf,
  changed,
  idOf,
  LONG_OFFERED_SLICE,
  MSP,
  OFFERED_SLICE,
  presented,
  PRESENTMENT,
  SLICE,
  TERMS,
  TODAY,
  unsaltedOf,
} from './facts.js';
import { refusesInOrder } from './refusals.js';
import { wrongCallers } from './wrongs.js';

interface Call {
  readonly partIds: string[];
  readonly amounts: string[];
  readonly facts: SliceFacts;
}

const [A, B] = [idOf('slice', 2), idOf('slice', 3)];
const GOOD: Call = {
  ...{ partIds: [A, B], amounts: ['200', '400'] },
  facts: { caller: callerOf('supplier'), slice: SLICE, terms: TERMS, businessDate: TODAY },
};
const run = ({ partIds, amounts, facts }: Call): ReturnType<typeof split> =>
  split({ sliceId: SLICE.id, partIds }, { amounts }, facts);
const facts = (changes: Partial<SliceFacts>) => (call: Call) => ({ ...call, facts: { ...call.facts, ...changes } });
const slice = (changes: Partial<typeof SLICE.record>) => (call: Call) =>
  facts({ slice: changed(call.facts.slice, changes) })(call);
const parts = (partIds: string[], amounts: string[]) => (call: Call) => ({ ...call, partIds, amounts });
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => idOf('slice', index + 2));

describe('split', () => {
  refusesInOrder<Call>(run, GOOD, [
    [
      'OPENING_MISMATCH',
      'the terms are of another certificate',
      facts({ terms: changed(TERMS, { id: idOf('certificate', 2) }) }),
    ],
    ...wrongCallers<Call>('supplier', ['maker', 'checker'], (caller) => facts({ caller })),
    [
      'SAME_ORGANIZATION',
      'one organisation vouches for the terms',
      facts({ terms: changed(TERMS, { issuerMsp: MSP.bank }) }),
      { mspId: MSP.bank },
    ],
    ['STATE', 'the slice was split already', slice({ state: 'SPENT' })],
    ['STATE', 'the slice is on offer', facts({ slice: LONG_OFFERED_SLICE })],
    ['STATE', 'the slice is presented', facts({ slice: presented(PRESENTMENT) })],
    ['STATE', 'the slice is paid', slice({ state: 'PAID' })],
    [
      'DUE_REACHED',
      'the payment date has come',
      facts({ businessDate: TERMS.record.paymentDate }),
      { certificateId: TERMS.id },
    ],
    [
      'CHILDREN_EXCEEDED',
      'there are more parts than the terms allow',
      parts(ids(5), ['100', '100', '100', '100', '200']),
    ],
    ['CHILDREN_EXCEEDED', 'there is one part', parts([A], ['600'])],
    ['DUPLICATE_ITEM', 'two parts have one id', parts([A, A], ['200', '400'])],
    ['SUM_MISMATCH', 'the parts are one unit less', parts([A, B], ['200', '399'])],
    ['SUM_MISMATCH', 'the parts are one unit more', parts([A, B], ['200', '401'])],
    ['SUM_MISMATCH', 'there are fewer amounts than parts', parts([A, B], ['600'])],
    ['SUM_MISMATCH', 'there are more amounts than parts', parts([A, B], ['200', '200', '200'])],
  ]);

  const policy = { all: [MSP.bank, MSP.supplier] };
  const books = [{ mspId: MSP.bank, policy }, { mspId: MSP.supplier }];
  const put = (id: string, changes: object): object => ({
    op: 'put',
    kind: 'slice',
    id,
    record: { ...unsaltedOf(SLICE), id, ...changes },
    books,
  });
  const expected = [
    put(SLICE.id, { state: 'SPENT', children: [A, B] }),
    put(A, { parentId: SLICE.id, amount: '200' }),
    put(B, { parentId: SLICE.id, amount: '400' }),
  ];

  it('writes the tombstone and the parts, under bank and holder', () => {
    expect(run(GOOD)).toEqual({ writes: expected });
  });

  it('takes as many parts as the terms allow', () => {
    expect(run(parts(ids(4), ['100', '100', '100', '300'])(GOOD)).writes).toHaveLength(5);
  });

  it('keeps tier and holder', () => {
    const { writes } = run(slice({ tier: 2 })(GOOD));
    expect(writes.map((write) => ('record' in write ? (write.record as { tier: number }).tier : undefined))).toEqual([
      2, 2, 2,
    ]);
  });

  it('drops the lock of an offer that lapsed, so that nobody can answer it any more', () => {
    const lapsed = facts({ slice: OFFERED_SLICE, businessDate: '2026-12-16' })(GOOD);
    expect(run(lapsed)).toEqual({ writes: expected });
  });

  it('counts beyond what a float holds', () => {
    const large = slice({ amount: '9007199254740993' })(GOOD);
    expect(codeOf(() => run({ ...large, amounts: ['9007199254740992', '1'] }))).toHaveProperty('answered');
    expect(codeOf(() => run({ ...large, amounts: ['9007199254740992', '2'] }))).toBe('SUM_MISMATCH');
  });
});
