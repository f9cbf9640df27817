/** A party does not want a batch: its organisation says so in its own book, before it has approved anything. */
import { expect, it } from '@jest/globals';
import {
  AFTER_END,
  BATCH_ID,
  CREDIT_LEG,
  refusalOf,
  SLICE_LEG,
  SUPPLIER_APPROVAL,
  stands,
} from '../support/batchFacts.js';
import { CONTRACTOR, MSP, NEIGHBOUR, SUPPLIER } from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  neighbour,
  on,
  party,
  put,
  record,
  request,
  sceneOf,
  secret,
  writtenBy,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { cashLegRows } from '../support/vouching.js';
import { decline } from './decline.case.js';

const scene = sceneOf(
  'batch:decline',
  callerOf('supplier', ['maker', 'checker']),
  { legId: CREDIT_LEG.id },
  { secret: { party: SUPPLIER }, shown: [CREDIT_LEG] },
);

describeCommand({
  of: decline,
  party: 'supplier',
  scene,
  books: [
    [
      'APPROVAL_EXISTS',
      'the organisation has approved',
      stands(MSP.supplier, 'approval', SUPPLIER_APPROVAL),
      { kind: 'approval', id: BATCH_ID },
    ],
  ],
  unvouched: cashLegRows(CREDIT_LEG),
  loose: [
    [
      'LEG_FOREIGN',
      'another party of the organisation takes the money',
      all(neighbour(MSP.supplier, 'supplier'), record('leg', { receiver: NEIGHBOUR })),
    ],
  ],
  rules: [],
  writes: put('approval', BATCH_ID, refusalOf(MSP.supplier), { in: [MSP.supplier] }),
});

it('is said by whoever gives as well, and by any leg', async () => {
  const payer = all(as(callerOf('contractor', ['maker'])), secret({ party: CONTRACTOR }));
  const said = put('approval', BATCH_ID, refusalOf(MSP.contractor), { in: [MSP.contractor] });
  expect(await writtenBy(payer(scene))).toEqual(said);
  expect(await writtenBy({ ...request({ legId: SLICE_LEG.id })(payer(scene)), shown: [SLICE_LEG] })).toEqual(said);
});

it('is said however late, and by a party that was suspended: it takes on nothing', async () => {
  expect(await codeOf(all(on(AFTER_END), party('supplier', { status: 'SUSPENDED' }))(scene))).toBe('taken');
});
