/** The final count: each paid slice once, never above the face, and the line restored by what was paid. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import { settle, type SettleFacts } from '../../../chaincode/src/domain/settle.js';
import { codeOf } from '../protocol/support.js';
import {
  callerOf,
  changed,
  CONFIRMATION,
  DUE,
  FACE,
  HASH,
  idOf,
  LINE,
  MSP,
  OFFERED,
  opened,
  SLICE,
  statusOf,
} from './facts.js';
import { refusesInOrder } from './refusals.js';
import { wrongCallers } from './wrongs.js';

const sliceOf = (number: number, amount: string): typeof SLICE =>
  changed(SLICE, { id: idOf('slice', number), amount, state: 'PAID' });
const totalsOf = (paid: string): Opened<'totals'> =>
  opened('totals', { schema: 'tenor.totals/1', id: FACE.id, currency: 'USD', paid, salt: HASH });
const [ONE, TWO] = [sliceOf(1, '100'), sliceOf(2, '200')];
interface Call {
  readonly sliceIds: string[];
  readonly facts: SettleFacts;
}
const GOOD: Call = {
  sliceIds: [ONE.id, TWO.id],
  facts: {
    ...{
      caller: callerOf('bank'),
      face: FACE,
      confirmation: CONFIRMATION,
      status: statusOf('ACTIVE'),
      line: LINE,
      totals: totalsOf('300'),
    },
    ...{ slices: [ONE, TWO], businessDate: DUE },
  },
};
const run = ({ sliceIds, facts }: Call): unknown => settle({ certificateId: FACE.id, sliceIds }, facts);
const facts = (changes: Partial<SettleFacts>) => (call: Call) => ({ ...call, facts: { ...call.facts, ...changes } });
const second = (changes: Partial<typeof SLICE.record>) => (call: Call) =>
  facts({ slices: call.facts.slices.map((each, index) => (index === 1 ? changed(each, changes) : each)) })(call);

describe('settle', () => {
  refusesInOrder<Call>(run, GOOD, [
    ...wrongCallers<Call>('bank', ['maker', 'checker'], (caller) => facts({ caller })),
    [
      'SAME_ORGANIZATION',
      'one organisation vouches for it',
      facts({ face: changed(FACE, { issuerMsp: MSP.bank }) }),
      { mspId: MSP.bank },
    ],
    ['STATE', 'it is settled', facts({ status: statusOf('SETTLED') })],
    ['STATE', 'it is only on offer', facts({ status: OFFERED, businessDate: '2026-11-23' })],
    ['STATE', 'it was unwound', facts({ status: statusOf('UNWOUND') })],
    ['DUPLICATE_ITEM', 'one slice is named twice', (call) => ({ ...call, sliceIds: [ONE.id, ONE.id] })],
    ['BATCH_MIXED', 'the line names another register', facts({ line: changed(LINE, { bankMsp: MSP.issuer }) })],
    ['BATCH_MIXED', 'the line names another book', facts({ line: changed(LINE, { issuerMsp: MSP.bank }) })],
    ['BATCH_MIXED', 'a slice is of another certificate', second({ certificateId: idOf('certificate', 2) })],
    ...(['FREE', 'OFFERED', 'PRESENTED', 'ACKNOWLEDGED', 'SPENT'] as const).map(
      (state) => ['STATE', `a slice is ${state}`, second({ state })] as const,
    ),
    ['PAID_EXCEEDS_FACE', 'it is one unit above the face', second({ amount: '201' })],
  ]);

  const both = { all: [MSP.bank, MSP.issuer] };
  const counted = [{ mspId: MSP.bank }, { mspId: MSP.issuer, policy: both }];
  const put = (kind: string, id: string, record: object, books: object[] = counted): object => ({
    op: 'put',
    kind,
    id,
    record,
    books,
  });
  const totals = (paid: string): object =>
    put('totals', FACE.id, { schema: 'tenor.totals/1', id: FACE.id, currency: 'USD', paid });
  const redeemed = (slice: typeof SLICE): object =>
    put('redeemed', slice.id, {
      schema: 'tenor.redeemed/1',
      id: slice.id,
      certificateId: FACE.id,
      amount: slice.record.amount,
    });
  const line = (utilised: string): object =>
    put('line', LINE.id, { ...LINE.record, utilised }, [{ mspId: MSP.bank }, { mspId: MSP.issuer }]);
  const settled = put('status', FACE.id, { schema: 'tenor.status/1', id: FACE.id, state: 'SETTLED' }, [
    { mspId: MSP.bank, policy: both },
    { mspId: MSP.issuer },
  ]);
  const fixed = changed(LINE, { revolving: false });

  it.each([
    ['the last part', GOOD, [totals('600'), redeemed(ONE), redeemed(TWO), line('100'), settled]],
    ['the first part', facts({ totals: undefined })(GOOD), [totals('300'), redeemed(ONE), redeemed(TWO), line('100')]],
    [
      'one unit before the last',
      facts({ totals: totalsOf('299') })(GOOD),
      [totals('599'), redeemed(ONE), redeemed(TWO), line('100')],
    ],
    [
      'the last part on a line that does not revolve',
      facts({ line: fixed })(GOOD),
      [totals('600'), redeemed(ONE), redeemed(TWO), settled],
    ],
  ])('counts %s', (_what, call, writes) => {
    expect(run(call)).toEqual({ writes });
  });

  it('names what does not fit', () => {
    expect(codeOf(() => run(second({ certificateId: idOf('certificate', 2) })(GOOD)), true)).toEqual([
      'BATCH_MIXED',
      { sliceId: TWO.id },
    ]);
    expect(codeOf(() => run(second({ amount: '9000' })(GOOD)), true)).toEqual([
      'PAID_EXCEEDS_FACE',
      { certificateId: FACE.id },
    ]);
  });

  it('never restores a line beyond what was drawn: that would be a bug, not a refusal', () => {
    expect(() => run(facts({ line: changed(LINE, { utilised: '299' }) })(GOOD))).toThrow('restored beyond');
  });
});
