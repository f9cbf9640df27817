/** The bank of the payer blocks the money of a leg, under four eyes and in its own book alone. */
import { expect, it } from '@jest/globals';
import {
  AFTER_END,
  asKind,
  BATCH_END,
  BATCH_ID,
  BLOCK_LEG,
  BLOCK_ROW,
  covered,
  proofOf,
} from '../support/batchFacts.js';
import { idOf, MSP } from '../support/facts.js';
import { absent, callerOf, codeOf, gone, on, put, sceneOf, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { cashLegRows, leftOutRow } from '../support/vouching.js';
import { block } from './block.case.js';

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const scene = covered(BLOCK_ROW)(
  sceneOf('cash:block', callerOf('otherBank', ['checker']), { legId: BLOCK_LEG.id, ticketId }, { shown: [BLOCK_LEG] }),
);

describeCommand({
  of: block,
  party: 'otherBank',
  scene,
  books: [
    [
      'NOT_ALLOCATED',
      'the register has no mark of the leg',
      absent(MSP.otherBank, 'cover', BLOCK_LEG.id),
      { kind: 'cover', id: BLOCK_LEG.id },
    ],
    ['NOT_ALLOCATED', 'the mark is of another leg', taken(MSP.otherBank, 'cover', BLOCK_LEG.id)],
    [
      'OUTCOME_EXISTS',
      'the batch is agreed, committed or aborted',
      taken(MSP.otherBank, 'outcome', BATCH_ID),
      { kind: 'outcome', id: BATCH_ID },
    ],
    ['STATE', 'the money is blocked already', taken(MSP.otherBank, 'proof', BLOCK_LEG.id)],
  ],
  unvouched: [...cashLegRows(BLOCK_LEG), leftOutRow(BLOCK_LEG)],
  loose: [
    ['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }],
    ['LEG_KIND', 'the money of the leg is proven by its credit', asKind('CREDIT'), { what: 'CREDIT' }],
  ],
  rules: [['BATCH_EXPIRED', 'the last day is over', on(AFTER_END)]],
  writes: {
    ...put('proof', BLOCK_LEG.id, proofOf(BLOCK_ROW, 'BLOCKED'), { in: [MSP.otherBank] }),
    ...gone('ticket', ticketId, MSP.otherBank),
  },
});

it('is taken on the last day', async () => {
  expect(await codeOf(on(BATCH_END)(scene))).toBe('taken');
});
