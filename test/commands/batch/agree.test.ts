/** All registers note that everything is allocated and approved. From then on money is sent. */
import { expect, it } from '@jest/globals';
import {
  AFTER_END,
  AGREED,
  BATCH_END,
  BATCH_ID,
  BLOCK_ROW,
  LEG_IDS,
  proofOf,
  SHEET,
  stands,
} from '../support/batchFacts.js';
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import { MSP, unsaltedOf } from '../support/facts.js';
import { crowded, enteredBy, placesIn } from '../support/places.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  on,
  put,
  request,
  sceneOf,
  writtenBy,
  type Change,
  type Written,
} from '../support/scene.js';
import { BY_ANYBODY, describeCommand, operatorRows, type Row } from '../support/table.js';
import { APPROVAL_ROWS, COVER_ROWS, namesBystander, OUTCOME_ROWS, ready, SHEET_ROWS } from '../support/wholeBatch.js';
import { agree } from './agree.case.js';

const says = (what: BookRecord<'proof'>['what']): Change => stands(MSP.otherBank, 'proof', proofOf(BLOCK_ROW, what));
const scene = all(
  ready,
  says('BLOCKED'),
)(sceneOf('batch:agree', callerOf('supplier', ['maker']), { legIds: LEG_IDS }, { secret: { sheet: SHEET } }));
/** What proves blocked money is in the book of the bank that pays it. */
const BLOCK_ROWS: readonly Row[] = [
  [
    'NOT_PROVEN',
    'the money is not blocked',
    absent(MSP.otherBank, 'proof', BLOCK_ROW.id),
    { kind: 'proof', id: BLOCK_ROW.id, mspId: MSP.otherBank },
  ],
  ['NOT_PROVEN', 'the money that is to be blocked was only credited', says('CREDITED')],
];
const written = (...copies: string[]): Written =>
  put('outcome', BATCH_ID, unsaltedOf(AGREED), {
    ...{ in: [MSP.bank, MSP.otherBank], copies, policy: 'BankMSP & OtherBankMSP' },
  });

describeCommand({
  of: { ...agree, ...BY_ANYBODY },
  scene,
  books: [...SHEET_ROWS, ...OUTCOME_ROWS, ...COVER_ROWS, ...APPROVAL_ROWS, ...BLOCK_ROWS],
  elsewhere: ['QUOTA_REACHED'],
  callers: operatorRows('supplier'),
  rules: [
    ['CALLER_NOT_ALLOWED', 'the caller has nothing to do with the batch', as(callerOf('issuer', ['checker']))],
    ['BATCH_EXPIRED', 'the last day is over', on(AFTER_END)],
  ],
  writes: written(MSP.contractor, MSP.supplier),
});

it.each(['bank', 'otherBank', 'contractor'] as const)('is noted by the %s as well, on the last day', async (name) => {
  expect(await codeOf(on(BATCH_END)(as(callerOf(name, ['checker']))(scene)))).toBe('taken');
});

it('is noted in the registers alone, where nobody else is to be waited for', async () => {
  expect(await writtenBy(request({ books: 'register' })(scene))).toEqual(written());
});

it('takes the legs in any order', async () => {
  const turned = request({ legIds: [...LEG_IDS].reverse() });
  expect(await writtenBy(turned(scene))).toEqual(written(MSP.contractor, MSP.supplier));
});

it('takes a place in the book of an organisation that has not asked for it, and is refused where there is none', async () => {
  const naming = namesBystander(scene);
  expect(await enteredBy(naming)).toEqual(placesIn(naming, [MSP.issuer]));
  expect(await codeOf(crowded(MSP.issuer)(naming))).toBe('QUOTA_REACHED');
});
