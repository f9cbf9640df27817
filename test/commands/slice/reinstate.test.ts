/** What came back of a payment is owed again: the first slices first, each return once, and the parts come to the whole. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import { encodeRecord, sha256 } from '../../../chaincode/src/ledger/codec.js';
import { voucherId } from '../../../chaincode/src/ledger/keys.js';
import {
  changed,
  DUE,
  FACE,
  FOREIGN_PRESENTMENT,
  FOREIGN_REFERRED,
  idOf,
  MSP,
  NEIGHBOUR,
  OTHER_UETR,
  PAYMENT,
  presented,
  RETURN,
  TERMS,
  UETR,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  gone,
  instead,
  neighbour,
  party,
  put,
  record,
  registered,
  request,
  sceneOf,
  taken,
  writtenBy,
  type Change,
  type Written,
} from '../support/scene.js';
import { successorOf } from '../support/relinked.js';
import { describeCommand } from '../support/table.js';
import { PRESENTMENT_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { OF_ANOTHER_BANK, OTHER_PRESENTMENT } from '../presentment/foreign.js';
import { reinstate } from './reinstate.case.js';

const FIRST = idOf('bank', 'supplier', 'slice');
const SECOND = idOf('bank', 'supplier', 'slice', 2);
const PAID = changed(presented(FOREIGN_PRESENTMENT), { state: 'PAID', paidBy: [UETR] });
const [ONE, TWO] = [changed(PAID, { id: FIRST }), changed(PAID, { id: SECOND, amount: '400' })];
const BOTH = changed(FOREIGN_PRESENTMENT, { amount: '1000', sliceIds: [FIRST, SECOND] });
const CAME_BACK = changed(RETURN, { amount: '700' });
const BROUGHT = changed(PAYMENT, { amount: '1000' });

const ticketId = idOf('bank', 'bank', 'own-ticket');
const scene = sceneOf(
  'slice:reinstate',
  callerOf('bank', ['checker']),
  { presentmentId: BOTH.id, uetr: UETR, ticketId },
  { shown: [BOTH, BROUGHT, CAME_BACK, ONE, TWO, TERMS], date: DUE },
);

/** Ids of successors as the description of the command gives them, by hand. */
const successor = (what: 'owed' | 'kept', sliceId: string, paymentId = UETR): string =>
  `BankMSP~BankMSP~${successorOf(what, sliceId, paymentId)}`;

type SliceRecord = Opened<'slice'>['record'];
const slice = (
  of: Opened<'slice'>,
  changes: Partial<SliceRecord>,
  policy: string,
  copies = [MSP.supplier],
): Written => {
  const { paidBy, ...rest } = unsaltedOf(of, changes);
  const stored = changes.state === 'FREE' || paidBy === undefined ? rest : { ...rest, paidBy };
  return put('slice', changes.id ?? of.id, stored, { in: [MSP.bank], copies, policy });
};
const returned = (amount: string, paymentId = UETR): Pick<SliceRecord, 'returned'> => ({
  returned: { paymentId, payeeBankMsp: MSP.otherBank, amount },
});

/** The slice of which all came back, and its successor. */
function whole(of: Opened<'slice'>, copies = [MSP.supplier], paymentId = UETR): Written {
  const owed = successor('owed', of.id, paymentId);
  const back = { state: 'RETURNED' as const, children: [owed], ...returned(of.record.amount, paymentId) };
  return {
    ...slice(of, back, 'BankMSP', copies),
    ...slice(of, { id: owed, parentId: of.id, state: 'FREE', lock: null }, 'BankMSP & SupplierMSP', copies),
  };
}

/** The slice of which a part came back, and its two successors. */
function part(of: Opened<'slice'>, back: string, kept: string, paymentId = UETR): Written {
  const ids = [successor('owed', of.id, paymentId), successor('kept', of.id, paymentId)];
  const [owed = '', rest = ''] = ids;
  return {
    ...slice(of, { state: 'RETURNED', children: ids, ...returned(back, paymentId) }, 'BankMSP'),
    ...slice(of, { id: owed, parentId: of.id, amount: back, state: 'FREE', lock: null }, 'BankMSP & SupplierMSP'),
    ...slice(of, { id: rest, parentId: of.id, amount: kept }, 'BankMSP'),
  };
}
const spent = gone('ticket', ticketId, MSP.bank);
const second = (changes: Partial<SliceRecord>): Change => record('slice', changes, 1);

describeCommand({
  of: reinstate,
  scene,
  books: [
    ['ID_TAKEN', 'something stands under the id of a successor', taken(MSP.bank, 'slice', successor('owed', FIRST))],
    [
      'ID_TAKEN',
      'something stands under the id of what stays paid',
      taken(MSP.bank, 'slice', successor('kept', SECOND)),
    ],
  ],
  unvouched: [...PRESENTMENT_ROWS, ...SLICE_ROWS],
  loose: [OF_ANOTHER_BANK],
  rules: [
    ...(['FREE', 'OFFERED', 'PRESENTED', 'ACKNOWLEDGED', 'SPENT'] as const).map(
      (state) => ['STATE', `a slice is ${state}`, second({ state }), { state, sliceId: SECOND, index: '1' }] as const,
    ),
    [
      'STATE',
      'a slice was paid for another presentment',
      second({ lock: { ...PAID.record.lock, id: OTHER_PRESENTMENT } as SliceRecord['lock'] }),
    ],
    [
      'STATE',
      "a slice waited for another bank of the payee's",
      second({ lock: { kind: 'PRESENTMENT', id: BOTH.id, counterpartyMsp: MSP.bank } }),
    ],
    ['STATE', 'a slice was paid in a batch', second({ lock: null })],
    [
      'STATE',
      'a slice was held by another party of the organisation',
      all(neighbour(MSP.supplier, 'supplier'), second({ holder: NEIGHBOUR })),
    ],
    [
      'RETURN_USED',
      'this return took a slice away before',
      record('slice', { state: 'RETURNED', ...returned('600'), children: [successor('owed', FIRST)] }, 0),
      { paymentId: UETR },
    ],
    [
      'PAYMENT_MISMATCH',
      'the return is of another presentment',
      record('return', { presentmentId: OTHER_PRESENTMENT }),
    ],
    [
      'PAYMENT_MISMATCH',
      'the payment is of another presentment',
      record('payment', { presentmentId: OTHER_PRESENTMENT }),
    ],
    ['PAYMENT_MISMATCH', 'the return is in another currency', record('return', { currency: 'CNY' })],
    ['PAYMENT_MISMATCH', 'the payment was in another currency', record('payment', { currency: 'CNY' })],
    ['PAYMENT_MISMATCH', 'more came back than the payment had brought', record('payment', { amount: '699' })],
    [
      'PAYMENT_MISMATCH',
      'more came back than was paid',
      all(record('return', { amount: '1001' }), record('payment', { amount: '1001' })),
    ],
    ['PAYMENT_MISMATCH', 'another payment had paid a slice', second({ paidBy: [OTHER_UETR] })],
    ['PAYMENT_MISMATCH', "the payee's word in spite of the return had paid a slice", second({ paidBy: undefined })],
  ],
  writes: { ...whole(ONE), ...part(TWO, '100', '300'), ...spent },
});

describe('what is owed again', () => {
  it.each<[string, string, Written]>([
    ['all that was paid', '1000', { ...whole(ONE), ...whole(TWO) }],
    ['the first slice, and no part of the second', '600', whole(ONE)],
    ['a part of the first slice', '599', part(ONE, '599', '1')],
    ['one unit', '1', part(ONE, '1', '599')],
  ])('is %s', async (_what, amount, expected) => {
    expect(await writtenBy(record('return', { amount })(scene))).toEqual({ ...expected, ...spent });
  });

  it('goes on where an earlier return ended, with what stayed paid of a slice', async () => {
    const kept = successor('kept', FIRST, OTHER_UETR);
    const paidBy = [OTHER_UETR, UETR];
    const before = changed(ONE, {
      ...{ state: 'RETURNED', children: [successor('owed', FIRST, OTHER_UETR), kept], paidBy },
      ...returned('500', OTHER_UETR),
    });
    const rest = changed(ONE, { id: kept, parentId: FIRST, amount: '100', paidBy });
    const shown = [BOTH, changed(BROUGHT, { amount: '300' }), changed(RETURN, { amount: '300' }), before, rest];
    const later = { ...scene, shown: [...shown, changed(TWO, { paidBy }), TERMS] };
    const expected = { ...whole(rest), ...part(changed(TWO, { paidBy }), '200', '200') };
    expect(await writtenBy(later)).toEqual({ ...expected, ...spent });
  });

  it('is not counted before what it succeeds is taken out of the count, where that was counted', async () => {
    const counted = taken(MSP.issuer, 'redeemed', SECOND)(scene);
    const written = await writtenBy(counted);
    const awaiting = Object.values(written).filter(({ record: stored }) => stored !== undefined && 'awaits' in stored);
    expect(awaiting.map(({ record: stored }) => (stored as SliceRecord).awaits)).toEqual(Array(4).fill(SECOND));
    expect(awaiting.map(({ record: stored }) => (stored as SliceRecord).parentId)).toEqual(Array(4).fill(SECOND));
  });

  it('awaits what the slice itself awaited, where that one was not counted', async () => {
    const awaits = idOf('bank', 'supplier', 'slice', 9);
    const written = await writtenBy(record('slice', { awaits }, 0)(scene));
    expect(written[`BankMSP own/slice/${successor('owed', FIRST)}`]?.record).toMatchObject({ awaits });
    expect(written[`BankMSP own/slice/${successor('owed', SECOND)}`]?.record).not.toHaveProperty('awaits');
  });
});

it('knows what an issuer has counted that has left, as far as that was preserved, and does not ask its book', async () => {
  const left = registered('departures', {
    ...{ schema: 'tenor.departures/1', version: 1 },
    organizations: [{ mspId: MSP.issuer, state: 'LEFT' }],
  });
  const mark = { schema: 'tenor.voucher/1', mspId: MSP.issuer, kind: 'redeemed', id: SECOND, hash: 'ab'.repeat(32) };
  const preserved = registered(`voucher/${voucherId(MSP.issuer, 'redeemed', SECOND)}`, mark);
  const terms = registered(`voucher/${voucherId(MSP.issuer, 'terms', TERMS.id)}`, {
    ...mark,
    ...{ kind: 'terms', id: TERMS.id, hash: sha256(encodeRecord(TERMS.record)) },
  });
  const awaiting = async (...changes: Change[]): Promise<number> => {
    const written = await writtenBy(all(left, terms, ...changes)(scene));
    return Object.values(written).filter(({ record: stored }) => stored !== undefined && 'awaits' in stored).length;
  };
  expect(await awaiting(taken(MSP.issuer, 'redeemed', SECOND))).toBe(0);
  expect(await awaiting(preserved)).toBe(4);
});

it('leaves the copies of a silent holder out', async () => {
  const alone = all(request({ books: 'register' }), record('return', { amount: '600' }));
  expect(await writtenBy(alone(scene))).toEqual({ ...whole(ONE, []), ...spent });
});

it('knows a payment without a UETR by its presentment', async () => {
  const id = BOTH.id;
  const referred = all(
    instead(changed(FOREIGN_REFERRED, { amount: '1000', sliceIds: [FIRST, SECOND] })),
    ...[request({ uetr: undefined }), record('slice', { paidBy: [id] }), record('slice', { paidBy: [id] }, 1)],
  );
  const shown = scene.shown.map((each) =>
    ['payment', 'return'].includes(each.kind) ? { ...each, id, record: { ...each.record, id } } : each,
  );
  const written = await writtenBy(referred({ ...scene, shown }));
  expect(written[`BankMSP own/slice/${successor('owed', FIRST, id)}`]?.record).toMatchObject({ state: 'FREE' });
});

it('goes on when bank, payee’s bank and holder were suspended: what was promised is owed', async () => {
  const suspended = all(
    ...(['bank', 'otherBank', 'supplier', 'issuer'] as const).map((name) => party(name, { status: 'SUSPENDED' })),
  );
  expect(await codeOf(suspended(scene))).toBe('taken');
});

it('asks the issuer for nothing: its book is not written', async () => {
  const written = await writtenBy(taken(MSP.issuer, 'redeemed', FIRST)(scene));
  expect(Object.keys(written).filter((place) => place.startsWith(MSP.issuer))).toEqual([]);
  expect(FACE.record.issuerMsp).toBe(MSP.issuer);
});
