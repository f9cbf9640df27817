/** Blocked money is free again when the batch ended without it. */
import { describe, expect, it } from '@jest/globals';
import {
  ABORTED,
  AFTER_END,
  AGREED,
  asKind,
  BATCH_END,
  BATCH_ID,
  BLOCK_LEG,
  BLOCK_ROW,
  COMMITTED,
  proofOf,
  stands,
} from '../support/batchFacts.js';
import { MSP } from '../support/facts.js';
import {
  absent,
  all,
  callerOf,
  codeOf,
  gone,
  instead,
  on,
  party,
  sceneOf,
  taken,
  without,
  writtenBy,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { cashLegRows } from '../support/vouching.js';
import { unblock } from './unblock.case.js';

const scene = stands(
  MSP.otherBank,
  'proof',
  proofOf(BLOCK_ROW, 'BLOCKED'),
)(
  sceneOf(
    'cash:unblock',
    callerOf('otherBank', ['maker', 'checker']),
    { legId: BLOCK_LEG.id },
    { shown: [BLOCK_LEG, AGREED], date: AFTER_END },
  ),
);
const freed = gone('proof', BLOCK_LEG.id, MSP.otherBank);

describeCommand({
  of: unblock,
  party: 'otherBank',
  scene,
  books: [
    [
      'NOT_PROVEN',
      'the book says another thing of the money',
      stands(MSP.otherBank, 'proof', proofOf(BLOCK_ROW, 'CREDITED')),
      { kind: 'proof', id: BLOCK_LEG.id },
    ],
    [
      'OUTCOME_EXISTS',
      'an outcome is hidden',
      all(without('outcome'), taken(MSP.otherBank, 'outcome', BATCH_ID)),
      { kind: 'outcome', id: BATCH_ID },
    ],
  ],
  unvouched: cashLegRows(BLOCK_LEG),
  loose: [
    ['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }],
    ['LEG_KIND', 'the money of the leg is proven by its credit', asKind('CREDIT'), { what: 'CREDIT' }],
  ],
  rules: [
    ['OUTCOME_EXISTS', 'the batch was committed', instead(COMMITTED)],
    ['BATCH_OPEN', 'it is the last day', on(BATCH_END)],
  ],
  writes: freed,
});

describe('the money of a batch', () => {
  it('that was aborted is free at once', async () => {
    expect(await writtenBy(all(instead(ABORTED), on('2026-11-23'))(scene))).toEqual(freed);
  });

  it('that was never agreed is free after its last day, whatever another register holds', async () => {
    const silent = all(without('outcome'), taken(MSP.bank, 'outcome', BATCH_ID))(scene);
    expect(await writtenBy(silent)).toEqual(freed);
    expect(await codeOf(on(BATCH_END)(silent))).toBe('BATCH_OPEN');
  });
});

it('is a repeat where the money is not blocked, and writes nothing', async () => {
  expect(await writtenBy(absent(MSP.otherBank, 'proof', BLOCK_LEG.id)(scene))).toEqual({});
});

it('goes on whoever was suspended since: it takes on nothing new', async () => {
  const suspended = all(
    ...(['bank', 'supplier', 'contractor'] as const).map((name) => party(name, { status: 'SUSPENDED' })),
  );
  expect(await codeOf(suspended(scene))).toBe('taken');
});
