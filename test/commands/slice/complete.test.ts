/** What a batch has decided is done: the slice passes to its receiver. Holder, receiver and bank may each do it. */
import { expect, it } from '@jest/globals';
import {
  ABORTED,
  AGREED,
  ALLOCATED_SLICE,
  BLOCK_ROW,
  COMMITTED,
  CREDIT_ROW,
  outcomeWith,
  SETTLEMENT_LOCK,
  SLICE_LEG,
  SLICE_ROW,
} from '../support/batchFacts.js';
import {
  CONTRACTOR,
  DUE,
  HASH,
  idOf,
  MSP,
  NEIGHBOUR,
  presented,
  PRESENTMENT,
  SLICE,
  TERMS,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  instead,
  neighbour,
  on,
  party,
  put,
  record,
  request,
  sceneOf,
  without,
  writtenBy,
  type Written,
} from '../support/scene.js';
import { BY_ANYBODY, describeCommand, operatorRows } from '../support/table.js';
import { SLICE_LEG_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { complete } from './complete.case.js';

const scene = sceneOf(
  'slice:complete',
  callerOf('contractor', ['maker']),
  { sliceId: SLICE.id, legId: SLICE_LEG.id },
  { shown: [SLICE_LEG, COMMITTED, ALLOCATED_SLICE, TERMS] },
);
const passed = { holder: CONTRACTOR, holderMsp: MSP.contractor, tier: 1, state: 'FREE', lock: null } as const;
const handed = (...copies: string[]): Written =>
  put('slice', SLICE.id, unsaltedOf(ALLOCATED_SLICE, passed), {
    ...{ in: [MSP.bank], copies, policy: 'BankMSP & ContractorMSP' },
  });
/** What all books of the batch hold, where the leg of the slice is another one in its sheet. */
const otherwise = instead(outcomeWith('COMMITTED', [{ ...SLICE_ROW, legHash: HASH }, CREDIT_ROW, BLOCK_ROW]));
const lock = (changes: object): ReturnType<typeof record> =>
  record('slice', { lock: { ...SETTLEMENT_LOCK, ...changes } });

describeCommand({
  of: { ...complete, ...BY_ANYBODY },
  scene,
  books: [['OUTCOME_MISSING', 'no outcome is shown', without('outcome')]],
  unvouched: [...SLICE_ROWS, ...SLICE_LEG_ROWS],
  callers: operatorRows('contractor'),
  rules: [
    ['OUTCOME_MISSING', 'the batch is only agreed', instead(AGREED)],
    ['OUTCOME_MISSING', 'the batch was aborted', instead(ABORTED)],
    ['LEG_FOREIGN', 'another leg of that id was committed', otherwise],
    [
      'CALLER_NOT_ALLOWED',
      'the caller is of the organisation of a bank of the money',
      as(callerOf('otherBank', ['maker'])),
    ],
    ['CALLER_NOT_ALLOWED', 'the caller is of the organisation of the issuer', as(callerOf('issuer', ['checker']))],
    ['STATE', 'the slice is free', instead(SLICE), { state: 'FREE', sliceId: SLICE.id }],
    ['STATE', 'the slice is presented', instead(presented(PRESENTMENT))],
    ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
    ['LEG_FOREIGN', 'the slice is allocated to another batch', lock({ id: idOf('bank', 'supplier', 'leg', 8) })],
    ['LEG_FOREIGN', 'the slice is locked for another organisation', lock({ counterpartyMsp: MSP.otherBank })],
    ['LEG_FOREIGN', 'the slice has no lock', record('slice', { lock: null })],
    ['LEG_FOREIGN', 'the slice is smaller than the leg says', record('slice', { amount: '599' })],
    ['LEG_FOREIGN', 'the leg is in another currency', record('leg', { currency: 'CNY' })],
    ['LEG_FOREIGN', 'the leg is of another slice', record('leg', { sliceId: idOf('bank', 'supplier', 'slice', 2) })],
    [
      'LEG_FOREIGN',
      'the slice is held by another party of the organisation',
      all(neighbour(MSP.supplier, 'supplier'), record('slice', { holder: NEIGHBOUR })),
    ],
  ],
  writes: handed(MSP.contractor, MSP.supplier),
});

it.each(['supplier', 'bank'] as const)('is done by the %s as well', async (name) => {
  expect(await writtenBy(as(callerOf(name, ['checker']))(scene))).toEqual(handed(MSP.contractor, MSP.supplier));
});

it('leaves the copy of a silent holder as it is', async () => {
  expect(await writtenBy(request({ books: 'register' })(scene))).toEqual(handed(MSP.contractor));
});

it('counts one more hand, also where it is the last', async () => {
  const written = await writtenBy(record('slice', { tier: 1 })(scene));
  expect(written[`${MSP.bank} own/slice/${SLICE.id}`]).toMatchObject({ record: { tier: 2 } });
});

it('is done however late, whoever was suspended since: it was committed', async () => {
  const names = ['bank', 'issuer', 'supplier', 'contractor', 'otherBank'] as const;
  const suspended = all(...names.map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await codeOf(all(suspended, on(DUE))(scene))).toBe('taken');
});
