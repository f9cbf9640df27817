/** What was counted on a funder's limits is given back when slices are paid, or nothing came of the batch; never because somebody says so. */
import { describe, expect, it } from '@jest/globals';
import { ABORTED, AFTER_END, AGREED, BATCH_END, BATCH_ID, COMMITTED, LEG_IDS } from '../support/batchFacts.js';
import {
  changed,
  CONSOLIDATION,
  FINANCED,
  QUOTE,
  idOf,
  ISSUER_LIMIT,
  MSP,
  NEIGHBOUR,
  SELLER_LIMIT,
  SLICE,
  TERMS,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  gone,
  instead,
  on,
  outcomeOf,
  put,
  record,
  request,
  sceneOf,
  taken,
  without,
  writtenBy,
  type Change,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { nobody } from '../support/vouching.js';
import { release } from './release.case.js';

const { id: quoteId } = QUOTE;
const caller = callerOf('otherBank', ['maker', 'checker']);
const counted = [FINANCED, SELLER_LIMIT, ISSUER_LIMIT];
const scene = sceneOf('financing:release', caller, { quoteId }, { shown: [...counted, ABORTED] });
const own = { in: [MSP.otherBank] };
const lowered = (seller: string, issuer: string): ReturnType<typeof put> => ({
  ...put('fundingLimit', SELLER_LIMIT.id, unsaltedOf(SELLER_LIMIT, { utilised: seller }), own),
  ...put('fundingLimit', ISSUER_LIMIT.id, unsaltedOf(ISSUER_LIMIT, { utilised: issuer }), own),
});
const EVERYTHING = { ...lowered('7', '193'), ...gone('financed', quoteId, MSP.otherBank, 'with its restored copy') };

describeCommand({
  of: release,
  party: 'otherBank',
  scene,
  books: [
    [
      'OUTCOME_EXISTS',
      'an outcome is hidden',
      all(without('outcome'), taken(MSP.otherBank, 'outcome', BATCH_ID)),
      { kind: 'outcome', id: BATCH_ID },
    ],
  ],
  unvouched: [['PARTY_UNKNOWN', 'the funder is not registered', nobody('otherBank')]],
  loose: [
    ['OUTCOME_EXISTS', 'the batch was committed', instead(COMMITTED)],
    ['BATCH_OPEN', 'the batch is agreed', instead(AGREED)],
    ['BATCH_OPEN', 'the batch is agreed, and its last day is over', all(instead(AGREED), on(AFTER_END))],
    ['BATCH_OPEN', 'there is no outcome, and it is the last day', all(without('outcome'), on(BATCH_END))],
  ],
  rules: [['FINANCING_MISMATCH', 'less is counted on a limit', record('fundingLimit', { utilised: '399' })]],
  elsewhere: ['STATE'],
  writes: EVERYTHING,
});

describe('what is given back', () => {
  it('is all of it where the batch has expired without an outcome', async () => {
    expect(await writtenBy(all(without('outcome'), on(AFTER_END))(scene))).toEqual(EVERYTHING);
  });

  const second = changed(SLICE, { id: idOf('bank', 'supplier', 'slice', 2), state: 'PAID' });
  const paid = changed(SLICE, { state: 'PAID' });
  const of = (
    shown: readonly (typeof SLICE)[],
    sliceIds: readonly string[],
    ...said: readonly (typeof CONSOLIDATION)[]
  ): ReturnType<typeof sceneOf> =>
    sceneOf('financing:release', caller, { quoteId, sliceIds }, { shown: [...counted, ...shown, TERMS, ...said] });

  it('is the price of a slice that is paid, and the rest stays counted', async () => {
    const left = FINANCED.record.slices.filter(({ sliceId }) => sliceId !== SLICE.id);
    expect(await writtenBy(of([paid], [SLICE.id]))).toEqual({
      ...lowered('107', '293'),
      ...put('financed', quoteId, unsaltedOf(FINANCED, { slices: left }), own),
    });
    expect(await writtenBy(of([paid, second], [SLICE.id, second.id]))).toEqual(EVERYTHING);
  });

  it('is the price of a slice that was split, when all its parts are paid', async () => {
    const parts = [3, 4].map((number) =>
      changed(paid, { id: idOf('bank', 'otherBank', 'slice', number), parentId: SLICE.id }),
    );
    const spent = changed(SLICE, { state: 'SPENT', children: parts.map(({ id }) => id) });
    const ids = parts.map(({ id }) => id);
    expect(await codeOf(of([spent, ...parts], [SLICE.id, ...ids]))).toBe('taken');
    const [first = paid, other = paid] = parts;
    expect(await codeOf(of([spent, first], [SLICE.id, first.id]))).toBe('STATE');
    expect(await codeOf(of([spent, first, changed(other, { state: 'FREE' })], [SLICE.id, ...ids]))).toBe('STATE');
  });

  describe('of a slice that was merged as it was presented', () => {
    const merged = (whole: string, ...sliceIds: string[]): typeof CONSOLIDATION =>
      changed(CONSOLIDATION, { wholes: [{ id: whole, sliceIds }] });
    const whole = changed(paid, { id: idOf('bank', 'bank', 'whole'), parentId: SLICE.id });

    it('is its price, when the slice that it became is paid', async () => {
      expect(await codeOf(of([SLICE, whole], [SLICE.id, whole.id], merged(whole.id, SLICE.id)))).toBe('taken');
      const unpaid = changed(whole, { state: 'PRESENTED' });
      const data = { state: 'PRESENTED', sliceId: whole.id };
      const early = of([SLICE, unpaid], [SLICE.id, whole.id], merged(whole.id, SLICE.id));
      expect(await outcomeOf(early)).toEqual({ refused: 'STATE', data });
    });

    it('is nothing where the list is of another holder, or names others alone', async () => {
      const others = merged(whole.id, idOf('bank', 'supplier', 'slice', 9));
      expect(await codeOf(of([SLICE, whole], [SLICE.id, whole.id], others))).toBe('STATE');
      const foreign = changed(merged(whole.id, SLICE.id), { holder: NEIGHBOUR });
      expect(await codeOf(of([SLICE, whole], [SLICE.id, whole.id], foreign))).toBe('OPENING_MISMATCH');
    });

    it('is nothing where a list says that the slice became itself', async () => {
      expect(await codeOf(of([SLICE], [SLICE.id], merged(SLICE.id, SLICE.id)))).toBe('STATE');
    });
  });

  it.each(['FREE', 'ALLOCATED', 'PRESENTED', 'ACKNOWLEDGED'] as const)(
    'is nothing of a slice that is %s',
    async (state) => {
      expect(await outcomeOf(of([changed(SLICE, { state })], [SLICE.id]))).toEqual({
        refused: 'STATE',
        data: { state, sliceId: SLICE.id },
      });
    },
  );

  it('is nothing of a slice that was not counted', async () => {
    const other = changed(paid, { id: idOf('bank', 'supplier', 'slice', 9) });
    expect(await codeOf(of([other], [other.id]))).toBe('FINANCING_MISMATCH');
  });

  it('is what the funder counted itself, and not what another book says', async () => {
    const change: Change = record('financed', {
      legIds: [...LEG_IDS].sort(),
      slices: [{ sliceId: SLICE.id, net: '1' }],
    });
    expect(await codeOf(taken(MSP.otherBank, 'financed', quoteId)(change(scene)))).toBe('OPENING_MISMATCH');
    expect(await codeOf(request({ quoteId: idOf('otherBank', 'otherBank', 'quote', 7) })(scene))).toBe(
      'OPENING_MISSING',
    );
  });
});
