/** A batch is committed in all its registers at once: what was agreed, or what everybody has approved and needs no money to be sent. */
import { describe, expect, it } from '@jest/globals';
import type { BookRecord, SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import {
  ABORTED,
  AFTER_END,
  AGREED,
  approvedByAll,
  asBatch,
  BATCH_END,
  BATCH_ID,
  BLOCK_ROW,
  COMMITTED,
  coverOf,
  covered,
  CREDIT_ROW,
  LEG_IDS,
  outcomeWith,
  proofOf,
  refusalOf,
  SHEET,
  SLICE_ROW,
  stands,
} from '../support/batchFacts.js';
import { HASH, MSP, unsaltedOf } from '../support/facts.js';
import { crowded, enteredBy, placesIn } from '../support/places.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  instead,
  on,
  outcomeOf,
  put,
  request,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
  type Change,
  type Scene,
  type Written,
} from '../support/scene.js';
import { BY_ANYBODY, describeCommand, operatorRows, type Row } from '../support/table.js';
import { APPROVAL_ROWS, COVER_ROWS, namesBystander, OUTCOME_ROWS, ready, SHEET_ROWS } from '../support/wholeBatch.js';
import { commit } from './commit.case.js';

const caller = callerOf('contractor', ['maker']);
const says = (row: SheetRow, what: BookRecord<'proof'>['what'], mspId: string = MSP.otherBank): Change =>
  stands(mspId, 'proof', proofOf(row, what));
const proven = all(says(CREDIT_ROW, 'CREDITED'), says(BLOCK_ROW, 'BLOCKED'));
const agreed = all(
  covered(...SHEET),
  proven,
)(sceneOf('batch:commit', caller, { legIds: LEG_IDS }, { shown: [AGREED] }));
const fromSheet = all(
  ready,
  proven,
)(sceneOf('batch:commit', caller, { legIds: LEG_IDS }, { secret: { sheet: SHEET } }));
const written = (...copies: string[]): Written =>
  put('outcome', BATCH_ID, unsaltedOf(COMMITTED), {
    ...{ in: [MSP.bank, MSP.otherBank], copies, policy: 'BankMSP & OtherBankMSP' },
  });
const everywhere = written(MSP.contractor, MSP.supplier);

const PROOF_ROWS: readonly Row[] = [
  [
    'NOT_PROVEN',
    'the credit is not attested',
    absent(MSP.otherBank, 'proof', CREDIT_ROW.id),
    { kind: 'proof', id: CREDIT_ROW.id, mspId: MSP.otherBank },
  ],
  ['NOT_PROVEN', 'the bank says that no money came', says(CREDIT_ROW, 'NOT_RECEIVED')],
  [
    'NOT_PROVEN',
    'the credit of other bytes of the leg is attested',
    says({ ...CREDIT_ROW, legHash: HASH }, 'CREDITED'),
  ],
  [
    'NOT_PROVEN',
    'the money is not blocked',
    absent(MSP.otherBank, 'proof', BLOCK_ROW.id),
    { kind: 'proof', id: BLOCK_ROW.id, mspId: MSP.otherBank },
  ],
  ['NOT_PROVEN', 'only a part of the money came', says(CREDIT_ROW, 'PARTLY_CREDITED')],
  ['NOT_PROVEN', 'the money that is to be blocked was only credited', says(BLOCK_ROW, 'CREDITED')],
];
const STRANGER: Row = [
  'CALLER_NOT_ALLOWED',
  'the caller has nothing to do with the batch',
  as(callerOf('issuer', ['checker'])),
];

describe('an agreed batch', () => {
  describeCommand({
    of: { ...commit, ...BY_ANYBODY, unopened: { outcome: 'OUTCOME_EXISTS' } },
    scene: agreed,
    elsewhere: ['NOT_APPROVED', 'QUOTA_REACHED'],
    books: [
      ['SHEET_MISMATCH', 'neither outcome nor sheet are shown', without('outcome')],
      ['OUTCOME_EXISTS', 'the outcome is hidden', all(without('outcome'), taken(MSP.bank, 'outcome', BATCH_ID))],
      ...COVER_ROWS,
      ...PROOF_ROWS,
    ],
    callers: operatorRows('contractor'),
    rules: [
      STRANGER,
      ['STATE', 'it is committed already', instead(COMMITTED), { state: 'COMMITTED' }],
      ['STATE', 'it was aborted', instead(ABORTED), { state: 'ABORTED' }],
      ['BATCH_EXPIRED', 'the last day is over, and with it the word that the money is blocked', on(AFTER_END)],
    ],
    writes: everywhere,
  });

  it('was approved: what its parties say later takes nothing back', async () => {
    expect(await codeOf(stands(MSP.supplier, 'approval', refusalOf(MSP.supplier))(agreed))).toBe('taken');
  });

  it('is committed from what was agreed, whatever sheet is sent', async () => {
    expect(await writtenBy(secret({ sheet: [...SHEET].reverse() })(agreed))).toEqual(everywhere);
  });

  it('is committed however late where all its money came', async () => {
    const rows = asBatch([SLICE_ROW, CREDIT_ROW]);
    const legIds = rows.map(({ id }) => id);
    const [, credit = CREDIT_ROW] = rows;
    const late: Scene = { ...request({ legIds })(on('2027-03-01')(agreed)), shown: [outcomeWith('AGREED', rows)] };
    expect(await codeOf(all(covered(...rows), says(credit, 'CREDITED'))(late))).toBe('taken');
  });

  it('is refused where the outcome is of other legs', async () => {
    const rows = [SLICE_ROW, CREDIT_ROW];
    expect(await codeOf(instead(outcomeWith('AGREED', rows))(agreed))).toBe('OPENING_MISMATCH');
    const foreign = [SLICE_ROW, { ...CREDIT_ROW, batchId: HASH }, BLOCK_ROW];
    expect(await codeOf(instead(outcomeWith('AGREED', foreign))(agreed))).toBe('OPENING_MISMATCH');
    const swapped = [CREDIT_ROW, SLICE_ROW, BLOCK_ROW];
    expect(await codeOf(instead(outcomeWith('AGREED', swapped))(agreed))).toBe('OPENING_MISMATCH');
  });
});

describe('a batch from its sheet', () => {
  describeCommand({
    of: { ...commit, ...BY_ANYBODY },
    scene: fromSheet,
    elsewhere: ['STATE', 'QUOTA_REACHED'],
    books: [
      ...SHEET_ROWS,
      ['SHEET_MISMATCH', 'there is no sheet', secret({ sheet: undefined })],
      ...OUTCOME_ROWS,
      ...COVER_ROWS,
      ...APPROVAL_ROWS,
      ...PROOF_ROWS,
    ],
    callers: operatorRows('contractor'),
    rules: [STRANGER, ['BATCH_EXPIRED', 'the last day is over', on(AFTER_END)]],
    writes: everywhere,
  });

  it('is committed on its last day', async () => {
    expect(await codeOf(on(BATCH_END)(fromSheet))).toBe('taken');
  });

  it('ends with the first of its legs, whatever this moves', async () => {
    for (const row of SHEET) {
      const early = { ...row, expiresOn: '2026-11-30' };
      const sheet = SHEET.map((each) => (each === row ? early : each));
      const scene = all(secret({ sheet }), covered(early), approvedByAll(sheet))(fromSheet);
      expect(await codeOf(on('2026-11-30')(scene))).toBe('taken');
      expect(await codeOf(on('2026-12-01')(scene))).toBe('BATCH_EXPIRED');
    }
  });
});

it.each(['bank', 'otherBank', 'supplier'] as const)('is committed by the %s as well', async (name) => {
  expect(await writtenBy(as(callerOf(name, ['checker']))(agreed))).toEqual(everywhere);
});

it('is committed in the registers alone, where nobody else is to be waited for', async () => {
  expect(await writtenBy(request({ books: 'register' })(agreed))).toEqual(written());
});

it.each([
  ['the bank of the payer', { payerBankMsp: MSP.otherBank }],
  ['the payer', { id: 'OtherBankMSP~OtherBankMSP~leg-000000000000000002' }],
])(
  'asks the payee for its word where the bank that attests the credit is of the organisation of %s',
  async (_who, changes) => {
    const shared = { ...CREDIT_ROW, ...changes };
    const rows = asBatch([SLICE_ROW, shared]);
    const [slice = SLICE_ROW, credit = shared] = rows;
    const legIds = rows.map(({ id }) => id);
    const scene: Scene = { ...request({ legIds })(agreed), shown: [outcomeWith('AGREED', rows)] };
    const attested = all(stands(MSP.bank, 'cover', coverOf(slice)), covered(credit), says(credit, 'CREDITED'))(scene);
    const data = { kind: 'proof', id: credit.id, mspId: MSP.supplier };
    expect(await outcomeOf(attested)).toEqual({ refused: 'NOT_PROVEN', data });
    expect(await codeOf(says(credit, 'ACKNOWLEDGED', MSP.supplier)(attested))).toBe('taken');
    expect(await codeOf(says(credit, 'CREDITED', MSP.supplier)(attested))).toBe('NOT_PROVEN');
  },
);

it('takes a place in the book of an organisation that has not asked for it, and is refused where there is none', async () => {
  const naming = namesBystander(fromSheet);
  expect(await enteredBy(naming)).toEqual(placesIn(naming, [MSP.issuer]));
  expect(await codeOf(crowded(MSP.issuer)(naming))).toBe('QUOTA_REACHED');
});
