/** After a rejected payment, or an acknowledgement of the wrong one, the presentment can be paid or acknowledged again. */
import { expect, it } from '@jest/globals';
import { PAYMENT_STATUSES } from '../../../chaincode/src/protocol/records/index.js';
import {
  ACKNOWLEDGEMENT,
  changed,
  DUE,
  idOf,
  MSP,
  OTHER_UETR,
  PAYMENT,
  PRESENTMENT,
  REFERRED,
  presented,
  REMITTANCE,
  SLICE,
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
  party,
  put,
  record,
  request,
  sceneOf,
  without,
  writtenBy,
} from '../support/scene.js';
import { describeCommand, type Row } from '../support/table.js';
import { PRESENTMENT_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { FOREIGN_ROWS, OF_ANOTHER_BANK, OTHER_PRESENTMENT, PRESENTED_OTHERWISE } from './foreign.js';
import { reopen } from './reopen.case.js';

const rejected = changed(PAYMENT, { status: 'RJCT' });
const acknowledged = changed(presented(PRESENTMENT), { state: 'ACKNOWLEDGED' });
const ticketId = idOf('bank', 'bank', 'own-ticket');
const scene = sceneOf(
  'presentment:reopen',
  callerOf('bank', ['checker']),
  { presentmentId: PRESENTMENT.id, uetr: UETR, ticketId },
  { shown: [PRESENTMENT, rejected, REMITTANCE, ACKNOWLEDGEMENT, acknowledged, TERMS], date: DUE },
);
const slice = (...copies: string[]): ReturnType<typeof put> =>
  put('slice', SLICE.id, unsaltedOf(presented(PRESENTMENT)), {
    ...{ in: [MSP.bank], copies, policy: 'BankMSP & SupplierMSP' },
  });
const spent = gone('ticket', ticketId, MSP.bank);
const unmarked = { ...gone('remittance', PRESENTMENT.id, MSP.bank, 'with its restored copy'), ...spent };
const onAnother = all(record('payment', { status: 'ACCC' }), record('acknowledgement', { paymentId: OTHER_UETR }));

describeCommand({
  of: reopen,
  scene,
  unvouched: [...PRESENTMENT_ROWS, ...SLICE_ROWS],
  loose: [...FOREIGN_ROWS, OF_ANOTHER_BANK],
  rules: [
    ['STATE', 'the presentment was withdrawn', record('presentment', { state: 'WITHDRAWN' }), { state: 'WITHDRAWN' }],
    [
      'PAYMENT_MISMATCH',
      'the payment is for another presentment, and was never sent for this one',
      all(record('payment', { presentmentId: OTHER_PRESENTMENT }), record('remittance', { paymentId: OTHER_UETR })),
    ],
    ['PAYMENT_MISMATCH', 'another payment is on its way', record('remittance', { paymentId: OTHER_UETR })],
    ...PAYMENT_STATUSES.filter((status) => !['RJCT', 'CANC'].includes(status)).map((status): Row => [
      'PAYMENT_PENDING',
      `the payment is ${status}, and acknowledged`,
      record('payment', { status }),
    ]),
    PRESENTED_OTHERWISE,
    ['STATE', 'the slice has no lock', record('slice', { lock: null })],
    [
      'STATE',
      'the slice is paid',
      record('slice', { state: 'PAID' }),
      { state: 'PAID', sliceId: SLICE.id, index: '0' },
    ],
    ['STATE', 'the slice is free', record('slice', { state: 'FREE' })],
  ],
  writes: { ...unmarked, ...slice(MSP.supplier) },
});

it('ends a payment that was cancelled like one that was rejected', async () => {
  expect(await writtenBy(record('payment', { status: 'CANC' })(scene))).toEqual({
    ...unmarked,
    ...slice(MSP.supplier),
  });
});

it('ends a payment that was rejected here and paid another presentment since', async () => {
  const elsewhere = record('payment', { presentmentId: OTHER_PRESENTMENT, status: 'ACCC' });
  expect(await writtenBy(elsewhere(scene))).toEqual({ ...unmarked, ...slice(MSP.supplier) });
});

it('leaves a slice that nobody acknowledged as it is', async () => {
  const silent = all(without('acknowledgement'), record('slice', { state: 'PRESENTED' }));
  expect(await writtenBy(silent(scene))).toEqual(unmarked);
});

it('takes a word on another payment back, and keeps the mark of the one that is on its way', async () => {
  expect(await writtenBy(onAnother(scene))).toEqual({ ...slice(MSP.supplier), ...spent });
  expect(await codeOf(all(onAnother, record('slice', { state: 'PRESENTED' }))(scene))).toBe('STATE');
});

it('refuses a payment on its way where the bank shows no word of the payee', async () => {
  expect(await codeOf(all(onAnother, without('acknowledgement'))(scene))).toBe('PAYMENT_PENDING');
});

it('leaves the copy of a silent holder as it is', async () => {
  expect(await writtenBy(request({ books: 'register' })(scene))).toEqual({ ...unmarked, ...slice() });
});

it('goes on when bank and holder were suspended: what was promised is paid', async () => {
  const suspended = all(party('bank', { status: 'SUSPENDED' }), party('supplier', { status: 'SUSPENDED' }));
  expect(await codeOf(suspended(scene))).toBe('taken');
});

it('knows a rejected payment without a UETR by its presentment', async () => {
  const paymentId = PRESENTMENT.id;
  const referred = all(
    ...[instead(REFERRED), request({ uetr: undefined }), record('payment', { id: paymentId })],
    ...[record('remittance', { paymentId }), record('acknowledgement', { paymentId })],
  );
  const shown = scene.shown.map((each) => (each.kind === 'payment' ? changed(rejected, { id: paymentId }) : each));
  expect(await writtenBy(referred({ ...scene, shown }))).toEqual({ ...unmarked, ...slice(MSP.supplier) });
});

it('keeps the mark where an earlier payment had arrived: the holder may have its money', async () => {
  const later = record('remittance', { isAfterArrival: true });
  expect(await writtenBy(later(scene))).toEqual({ ...spent, ...slice(MSP.supplier) });
});
