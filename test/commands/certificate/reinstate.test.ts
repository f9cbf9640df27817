/** What came back leaves the count, what stayed paid stays in it, and the line is drawn again whether or not there is room. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import {
  changed,
  CONFIRMATION,
  DUE,
  FACE,
  FOREIGN_PRESENTMENT,
  HASH,
  idOf,
  LINE,
  MSP,
  NEIGHBOUR,
  opened,
  OTHER_UETR,
  presented,
  RETURN,
  statusOf,
  UETR,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  neighbour,
  instead,
  on,
  put,
  record,
  request,
  sceneOf,
  taken,
  without,
  writtenBy,
  type Change,
  type Scene,
  type Written,
} from '../support/scene.js';
import { successorOf } from '../support/relinked.js';
import { describeCommand } from '../support/table.js';
import { CONFIRMED_ROWS, LINE_ROWS, STATUS_ROWS } from '../support/vouching.js';
import { reinstate } from './reinstate.case.js';

const [FIRST, SECOND] = [idOf('bank', 'supplier', 'slice'), idOf('bank', 'supplier', 'slice', 2)];
const idFor = (what: 'owed' | 'kept', sliceId: string): string => `BankMSP~BankMSP~${successorOf(what, sliceId, UETR)}`;
const KEPT = idFor('kept', SECOND);

/** A slice of which this payment took something away. */
const back = (id: string, amount: string, of: string): Opened<'slice'> =>
  changed(presented(FOREIGN_PRESENTMENT), {
    ...{ id, amount: of, state: 'RETURNED', paidBy: [UETR] },
    children: amount === of ? [idFor('owed', id)] : [idFor('owed', id), idFor('kept', id)],
    returned: { paymentId: UETR, payeeBankMsp: MSP.otherBank, amount },
  });
const [ONE, TWO] = [back(FIRST, '100', '100'), back(SECOND, '150', '200')];
const REST = changed(TWO, {
  returned: undefined,
  children: [],
  id: KEPT,
  parentId: SECOND,
  amount: '50',
  state: 'PAID',
  awaits: SECOND,
});
const markOf = ({ id, record: { amount } }: Opened<'slice'>): Opened<'redeemed'> =>
  opened('redeemed', {
    ...{ schema: 'tenor.redeemed/1', id, certificateId: FACE.id, currency: 'USD', amount, salt: HASH },
  });
const totalsOf = (paid: string): Opened<'totals'> =>
  opened('totals', { schema: 'tenor.totals/1', id: FACE.id, currency: 'USD', paid, salt: HASH });
const RETURNED = changed(RETURN, { amount: '250' });

const scene = sceneOf(
  'certificate:reinstate',
  callerOf('bank', ['maker', 'checker']),
  { certificateId: FACE.id, sliceIds: [FIRST, SECOND] },
  {
    shown: [
      ...[FACE, CONFIRMATION, statusOf('SETTLED'), LINE, totalsOf('600')],
      ...[ONE, markOf(ONE), TWO, markOf(TWO), REST, RETURNED],
    ],
    date: DUE,
  },
);
const counted = { in: [MSP.issuer], copies: [MSP.bank], policy: 'BankMSP & IssuerMSP' };
const kept = { in: [MSP.bank], copies: [MSP.issuer] };
const totals = (paid: string): Written => put('totals', FACE.id, unsaltedOf(totalsOf(paid)), counted);
const out = (of: Opened<'slice'>): Written =>
  put('redeemed', of.id, unsaltedOf(markOf(of), { isReturned: true }), counted);
const stays = put('redeemed', KEPT, unsaltedOf(markOf(REST), { partOf: SECOND }), counted);
const line = (utilised: string): Written => put('line', LINE.id, unsaltedOf(LINE, { utilised }), kept);
const active = put('status', FACE.id, unsaltedOf(statusOf('ACTIVE')), {
  ...{ ...kept, policy: 'BankMSP & (IssuerMSP | SupplierMSP)' },
});
const marks = { ...out(ONE), ...out(TWO), ...stays };
const second = (changes: Partial<Opened<'slice'>['record']>): Change => record('slice', changes, 1);

describeCommand({
  of: reinstate,
  scene,
  books: [['SLICE_COUNTED', 'what stayed paid was counted already', taken(MSP.issuer, 'redeemed', KEPT)]],
  unvouched: [...CONFIRMED_ROWS, ...STATUS_ROWS, ...LINE_ROWS],
  rules: [
    ['STATE', 'it was unwound', instead(statusOf('UNWOUND')), { state: 'UNWOUND' }],
    [
      'BATCH_MIXED',
      'a slice is of another certificate',
      second({ certificateId: idOf('bank', 'issuer', 'certificate', 2) }),
      { sliceId: SECOND, index: '1' },
    ],
    [
      'BATCH_MIXED',
      'a slice was counted for another certificate',
      record('redeemed', { certificateId: idOf('bank', 'issuer', 'certificate', 2) }, 1),
    ],
    ...(['FREE', 'PRESENTED', 'PAID', 'SPENT'] as const).map(
      (state) => ['STATE', `a slice is ${state}`, second({ state }), { state, sliceId: SECOND, index: '1' }] as const,
    ),
    [
      'RETURN_USED',
      'it is out of the count already',
      record('redeemed', { isReturned: true }, 1),
      { sliceId: SECOND, index: '1' },
    ],
    ['CURRENCY_MISMATCH', 'it was counted in another currency', record('redeemed', { currency: 'KWD' }, 1)],
    ['PAYMENT_MISMATCH', 'less stayed paid than the bank says', record('slice', { amount: '51' }, 2)],
    ['PAYMENT_MISMATCH', 'it was counted with less', record('redeemed', { amount: '199' }, 1)],
    [
      'PAYMENT_MISMATCH',
      'the return is of another presentment',
      record('return', { presentmentId: idOf('supplier', 'supplier', 'presentment', 2) }),
    ],
    ['PAYMENT_MISMATCH', 'the return took away less than both of them', record('return', { amount: '249' })],
    ['PAYMENT_MISMATCH', 'less is in the count than leaves it', record('totals', { paid: '249' })],
    [
      'LINE_FOREIGN',
      'the line is of another issuer',
      all(neighbour(MSP.issuer, 'issuer'), record('line', { issuer: NEIGHBOUR })),
      { lineId: LINE.id },
    ],
    ['LINE_UNDRAWN', 'more was drawn again than there is', record('slice', { redrawn: '900' }, 0), { lineId: LINE.id }],
  ],
  writes: { ...totals('350'), ...marks, ...line('650'), ...active },
});

describe('the line', () => {
  it('is drawn beyond its limit where what came back was used again: it is in EXCESS', async () => {
    const used = record('line', { utilised: '1000', limit: '1000' });
    expect(await writtenBy(used(scene))).toMatchObject(
      put('line', LINE.id, unsaltedOf(LINE, { utilised: '1250', limit: '1000' }), kept),
    );
  });

  it('is left as it is where it does not revolve: it had given nothing back', async () => {
    const once = record('line', { revolving: false });
    expect(await writtenBy(once(scene))).toEqual({ ...totals('350'), ...marks, ...active });
  });

  it('is drawn by the bank alone where the issuer is silent, once, and the rest of the count follows later', async () => {
    const alone = all(request({ books: 'register' }), record('slice', { awaits: undefined }, 2));
    const of = (each: Opened<'slice'>, redrawn: string): Written =>
      put('slice', each.id, unsaltedOf(each, { redrawn }), { in: [MSP.bank], policy: 'BankMSP' });
    const drawn = put('line', LINE.id, unsaltedOf(LINE, { utilised: '650' }), { in: [MSP.bank] });
    expect(await writtenBy(alone(scene))).toEqual({ ...drawn, ...of(ONE, '100'), ...of(TWO, '150') });
    const again = all(alone, record('slice', { redrawn: '100' }, 0));
    expect(await codeOf(again(scene))).toBe('RETURN_USED');
    const later = all(record('slice', { redrawn: '100' }, 0), record('slice', { redrawn: '150' }, 1));
    expect(await writtenBy(later(scene))).toEqual({ ...totals('350'), ...marks, ...line('400'), ...active });
  });
});

it('leaves the status of a certificate that was not settled as it is', async () => {
  const before = instead(statusOf('ACTIVE'));
  expect(await writtenBy(before(scene))).toEqual({ ...totals('350'), ...marks, ...line('650') });
});

describe('what stayed paid at first, and came back since', () => {
  const owed = `BankMSP~BankMSP~${successorOf('owed', KEPT, OTHER_UETR)}`;
  const left = `BankMSP~BankMSP~${successorOf('kept', KEPT, OTHER_UETR)}`;
  const later = changed(RETURN, { id: OTHER_UETR, amount: '50' });
  const since = (amount: string, ...children: string[]): Change =>
    record(
      'slice',
      {
        ...{ state: 'RETURNED', children },
        returned: { paymentId: OTHER_UETR, payeeBankMsp: MSP.otherBank, amount },
      },
      2,
    );
  const showing =
    (...more: Scene['shown']): Change =>
    (of) => ({ ...of, shown: [...of.shown, ...more] });
  const whole = since('50', owed);
  const out200 = all(whole, showing(later));

  it('is not counted', async () => {
    expect(await writtenBy(out200(scene))).toEqual({
      ...{ ...totals('300'), ...out(ONE), ...out(TWO), ...active },
      ...line('700'),
    });
  });

  it('is counted by what is left of it', async () => {
    const rest = changed(REST, { id: left, parentId: KEPT, amount: '20' });
    const part = all(since('30', owed, left), showing(changed(later, { amount: '30' }), rest));
    const counts = put('redeemed', left, unsaltedOf(markOf(rest), { partOf: SECOND }), counted);
    expect(await writtenBy(part(scene))).toEqual({
      ...{ ...totals('320'), ...out(ONE), ...out(TWO), ...counts, ...active },
      ...line('680'),
    });
  });

  it('needs a return of its own in the book of the payee’s bank: the bank could else empty the count by one small return', async () => {
    expect(await codeOf(whole(scene))).toBe('OPENING_MISSING');
    expect(await codeOf(all(whole, showing(changed(later, { amount: '49' })))(scene))).toBe('PAYMENT_MISMATCH');
    expect(await codeOf(record('slice', { state: 'RETURNED' }, 2)(scene))).toBe('STATE');
    expect(await codeOf(record('slice', { state: 'FREE' }, 2)(scene))).toBe('STATE');
  });

  it('is drawn by the bank alone where the issuer is still silent', async () => {
    const alone = all(request({ books: 'register', sliceIds: [SECOND] }), record('slice', { redrawn: '150' }, 1));
    expect(await codeOf(alone(scene))).toBe('RETURN_USED');
    const drawn = put('line', LINE.id, unsaltedOf(LINE, { utilised: '450' }), { in: [MSP.bank] });
    const marked = put('slice', SECOND, unsaltedOf(TWO, { redrawn: '200' }), { in: [MSP.bank], policy: 'BankMSP' });
    expect(await writtenBy(all(alone, whole)(scene))).toEqual({ ...drawn, ...marked });
  });
});

describe('nobody keeps the bank from drawing its line alone', () => {
  const alone = request({ books: 'register' });

  it('not the issuer, which writes into its own book that what stayed paid was counted', async () => {
    const marked = taken(MSP.issuer, 'redeemed', KEPT);
    expect(await codeOf(marked(scene))).toBe('SLICE_COUNTED');
    expect(await codeOf(all(alone, marked)(scene))).toBe('taken');
  });

  it('not the payee’s bank, which may be the issuer’s, and deletes its return', async () => {
    const deleted = without('return');
    expect(await codeOf(deleted(scene))).toBe('OPENING_MISSING');
    expect(await codeOf(all(alone, deleted)(scene))).toBe('taken');
  });
});

it('goes on long after the payment date', async () => {
  expect(await codeOf(on('2027-09-01')(scene))).toBe('taken');
});
