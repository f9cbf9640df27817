/** The final count: each paid slice once, never above the face, and the line restored by what was paid. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import type { BookKind } from '../../../chaincode/src/protocol/records/index.js';
import {
  changed,
  CONFIRMATION,
  DUE,
  FACE,
  HASH,
  idOf,
  LINE,
  MSP,
  NEIGHBOUR,
  NEIGHBOUR_BANK,
  OFFERED,
  opened,
  SLICE,
  statusOf,
  TODAY,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  instead,
  neighbour,
  neighbourBank,
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
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { CONFIRMED_ROWS, LINE_ROWS, STATUS_ROWS } from '../support/vouching.js';
import { redeem } from './redeem.case.js';

const sliceOf = (number: number, amount: string): typeof SLICE =>
  changed(SLICE, { id: idOf('bank', 'supplier', 'slice', number), amount, state: 'PAID' });
const totalsOf = (paid: string): Opened<'totals'> =>
  opened('totals', { schema: 'tenor.totals/1', id: FACE.id, currency: 'USD', paid, salt: HASH });
const [ONE, COUNTED] = [sliceOf(1, '100'), sliceOf(3, '200')];
/** It succeeds a slice that was counted, and is out of the count since its payment came back. */
const TWO = changed(sliceOf(2, '200'), { awaits: COUNTED.id });
const MARK = opened('redeemed', {
  ...{ schema: 'tenor.redeemed/1', id: COUNTED.id, certificateId: FACE.id, currency: 'USD', amount: '200' },
  ...{ isReturned: true, salt: HASH },
});
const scene = sceneOf(
  'certificate:redeem',
  callerOf('bank', ['maker', 'checker']),
  { certificateId: FACE.id, sliceIds: [ONE.id, TWO.id] },
  {
    shown: [FACE, CONFIRMATION, statusOf('ACTIVE'), LINE, totalsOf('300'), ONE, TWO, MARK],
    date: DUE,
  },
);
const slice = (changes: Partial<typeof SLICE.record>): ReturnType<typeof all> => record('slice', changes, 1);

const counted = { in: [MSP.issuer], copies: [MSP.bank], policy: 'BankMSP & IssuerMSP' };
const kept = { in: [MSP.bank], copies: [MSP.issuer] };
const totals = (paid: string): Written => put('totals', FACE.id, unsaltedOf(totalsOf(paid)), counted);
const redeemed = ({ id, record: { amount } }: typeof SLICE): Written =>
  put('redeemed', id, { schema: 'tenor.redeemed/1', id, certificateId: FACE.id, currency: 'USD', amount }, counted);
const marks = { ...redeemed(ONE), ...redeemed(TWO) };
const line = put('line', LINE.id, unsaltedOf(LINE, { utilised: '100' }), kept);
const settled = put('status', FACE.id, unsaltedOf(statusOf('SETTLED')), { ...kept, policy: 'BankMSP & IssuerMSP' });

describeCommand({
  of: redeem,
  scene,
  books: [
    [
      'SLICE_COUNTED',
      'the second was counted',
      taken(MSP.issuer, 'redeemed', TWO.id),
      { kind: 'redeemed', id: TWO.id, index: '1' },
    ],
  ],
  unvouched: [...CONFIRMED_ROWS, ...STATUS_ROWS, ...LINE_ROWS],
  rules: [
    ['STATE', 'it is settled', instead(statusOf('SETTLED')), { state: 'SETTLED', certificateId: FACE.id }],
    ['STATE', 'it is only on offer', all(instead(OFFERED), on(TODAY))],
    ['STATE', 'it was unwound', instead(statusOf('UNWOUND'))],
    [
      'BATCH_MIXED',
      'a slice is of another certificate',
      slice({ certificateId: idOf('bank', 'issuer', 'certificate', 2) }),
      { sliceId: TWO.id, index: '1' },
    ],
    ...(['FREE', 'OFFERED', 'PRESENTED', 'ACKNOWLEDGED', 'SPENT'] as const).map(
      (state) => ['STATE', `a slice is ${state}`, slice({ state })] as const,
    ),
    [
      'RETURN_UNCOUNTED',
      'a slice succeeds one that was counted',
      record('redeemed', { isReturned: undefined }),
      { sliceId: COUNTED.id, index: '1' },
    ],
    ['CURRENCY_MISMATCH', 'a slice is in another currency', slice({ currency: 'KWD' })],
    ['CURRENCY_MISMATCH', 'the totals are in another currency', record('totals', { currency: 'KWD' })],
    ['PAID_EXCEEDS_FACE', 'it is one unit above the face', slice({ amount: '201' }), { certificateId: FACE.id }],
    [
      'LINE_FOREIGN',
      'the line is of another issuer',
      all(neighbour(MSP.issuer, 'issuer'), record('line', { issuer: NEIGHBOUR })),
      { lineId: LINE.id, certificateId: FACE.id },
    ],
    [
      'LINE_FOREIGN',
      'the line is of another bank',
      all(neighbourBank(MSP.bank), record('line', { bank: NEIGHBOUR_BANK })),
    ],
    [
      'LINE_UNDRAWN',
      'less was drawn on its line',
      record('line', { utilised: '299' }),
      { lineId: LINE.id, certificateId: FACE.id },
    ],
  ],
  writes: { ...totals('600'), ...marks, ...line, ...settled },
});

it.each<[string, ReturnType<typeof all>, Written]>([
  ['the first part', without('totals'), { ...totals('300'), ...marks, ...line }],
  ['one unit before the last', record('totals', { paid: '299' }), { ...totals('599'), ...marks, ...line }],
  [
    'the last part on a line that does not revolve',
    record('line', { revolving: false }),
    { ...totals('600'), ...marks, ...settled },
  ],
])('counts %s', async (_what, change, expected) => {
  expect(await writtenBy(change(scene))).toEqual(expected);
});

it('refuses a first count where the issuer remembers an earlier one', async () => {
  const hidden = all(without('totals'), taken(MSP.issuer, 'totals', FACE.id));
  expect(await outcomeOf(hidden(scene))).toEqual({ refused: 'OPENING_MISSING', data: { kind: 'totals', id: FACE.id } });
});

it('counts nothing of a slice that another register keeps', async () => {
  const foreign = request({ sliceIds: [ONE.id, idOf('otherBank', 'supplier', 'slice', 2)] });
  expect(await codeOf(foreign(scene))).toBe('OPENING_MISSING');
});

describe('of several certificates', () => {
  const SECOND_FACE = changed(FACE, { id: idOf('bank', 'issuer', 'certificate', 2), amount: '50' });
  const SECOND = changed(sliceOf(5, '50'), { certificateId: SECOND_FACE.id });
  const second = [
    SECOND_FACE,
    changed(CONFIRMATION, { id: SECOND_FACE.id }),
    changed(statusOf('ACTIVE'), { id: SECOND_FACE.id }),
    SECOND,
  ];
  const showing =
    (...shown: readonly Opened<BookKind>[]): Change =>
    (before) => ({
      ...before,
      shown: [...before.shown, ...shown.map(({ kind, id, record: said }) => ({ kind, id, record: said }))],
    });
  const both = request({ furtherCertificateIds: [SECOND_FACE.id], sliceIds: [ONE.id, TWO.id, SECOND.id] });
  const together = all(both, showing(...second));

  it('counts the slices of each, and gives all of it back to the line on which they draw', async () => {
    expect(await writtenBy(together(scene))).toEqual({
      ...{ ...totals('600'), ...marks, ...settled },
      ...put('totals', SECOND_FACE.id, { ...unsaltedOf(totalsOf('50')), id: SECOND_FACE.id }, counted),
      ...put(
        'redeemed',
        SECOND.id,
        { schema: 'tenor.redeemed/1', id: SECOND.id, certificateId: SECOND_FACE.id, currency: 'USD', amount: '50' },
        counted,
      ),
      ...put(
        'status',
        SECOND_FACE.id,
        { ...unsaltedOf(statusOf('SETTLED')), id: SECOND_FACE.id },
        { ...kept, policy: 'BankMSP & IssuerMSP' },
      ),
      ...put('line', LINE.id, unsaltedOf(LINE, { utilised: '50' }), kept),
    });
  });

  it.each<[string, string, Change, object]>([
    [
      'BATCH_MIXED',
      'one of them is of another issuer of the organisation',
      all(
        neighbour(MSP.issuer, 'issuer'),
        both,
        showing(...second.map((each) => (each === SECOND_FACE ? changed(SECOND_FACE, { issuer: NEIGHBOUR }) : each))),
      ),
      { certificateId: SECOND_FACE.id },
    ],
    [
      'BATCH_MIXED',
      'nothing is counted of one of them',
      all(together, request({ sliceIds: [ONE.id, TWO.id] })),
      { certificateId: SECOND_FACE.id },
    ],
    [
      'PAID_EXCEEDS_FACE',
      'the second is one unit above its face',
      all(together, record('slice', { amount: '51' }, 2)),
      { certificateId: SECOND_FACE.id },
    ],
    [
      'LINE_UNDRAWN',
      'less was drawn on their line than they come to together',
      all(together, record('line', { utilised: '349' })),
      { lineId: LINE.id, certificateId: SECOND_FACE.id },
    ],
    [
      'DUPLICATE_ITEM',
      'one is named twice',
      all(together, request({ furtherCertificateIds: [FACE.id] })),
      { path: 'furtherCertificateIds' },
    ],
  ])('refuses with %s: %s', async (code, _what, change, data) => {
    expect(await outcomeOf(change(scene))).toEqual({ refused: code, data });
  });
});
