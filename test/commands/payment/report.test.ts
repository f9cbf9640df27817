/** What the payer's bank says of a payment, in its own book alone, until it is final. */
import { describe, expect, it } from '@jest/globals';
import { PAYMENT_STATUSES } from '../../../chaincode/src/protocol/records/index.js';
import {
  changed,
  HASH,
  idOf,
  MSP,
  NEIGHBOUR,
  OTHER_UETR,
  PAYMENT,
  PRESENTMENT,
  presented,
  REFERRED,
  REMITTANCE,
  TERMS,
  UETR,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  instead,
  neighbour,
  outcomeOf,
  put,
  record,
  request,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
  type Change,
} from '../support/scene.js';
import { describeCommand, type Row } from '../support/table.js';
import { PRESENTMENT_ROWS } from '../support/vouching.js';
import { report } from './report.case.js';

const OTHER_PRESENTMENT = idOf('supplier', 'supplier', 'presentment', 2);
const LOCK = { kind: 'PRESENTMENT' as const, id: PRESENTMENT.id, counterpartyMsp: MSP.bank };

const scene = sceneOf(
  'payment:report',
  callerOf('bank', ['maker', 'checker']),
  { uetr: UETR, presentmentId: PRESENTMENT.id },
  {
    secret: { currency: 'USD', amount: '600', status: 'ACCC', messageHash: HASH },
    shown: [PRESENTMENT, changed(PAYMENT, { status: 'ACSP' }), REMITTANCE],
  },
);
const written = (status: (typeof PAYMENT_STATUSES)[number]): ReturnType<typeof put> =>
  put('payment', UETR, unsaltedOf(PAYMENT, { status }), { in: [MSP.bank] });

/** A first word on a payment looks at the slices. */
const withSlices: Change = (of) => ({ ...of, shown: [...of.shown, presented(PRESENTMENT), TERMS] });
const first = all(without('payment'), without('remittance'), withSlices);

describeCommand({
  of: report,
  scene,
  elsewhere: [
    'LEG_KIND',
    'OUTCOME_MISSING',
    'REGISTRATION_MISSING',
    'NOT_APPROVED',
    'NOT_ALLOCATED',
    'LEG_FOREIGN',
    'PAYMENTS_EXCEEDED',
  ],
  unvouched: PRESENTMENT_ROWS,
  rules: [
    [
      'REFERENCE_MISSING',
      'no UETR is named and the presentment gave no reference',
      all(request({ uetr: undefined }), record('remittance', { paymentId: PRESENTMENT.id })),
    ],
    ...(['ACSP', 'PDNG', 'ACCC'] as const).map((status): Row => [
      'UETR_USED',
      `the payment is ${status} for another presentment`,
      record('payment', { presentmentId: OTHER_PRESENTMENT, status }),
    ]),
    ['STATE', 'the payment arrived already', record('payment', { status: 'ACCC' }), { state: 'ACCC' }],
    ['STATE', 'the presentment was withdrawn', record('presentment', { state: 'WITHDRAWN' }), { state: 'WITHDRAWN' }],
    [
      'PAYMENT_PENDING',
      'another payment of it is on its way',
      all(withSlices, record('remittance', { paymentId: OTHER_UETR })),
    ],
    ['PAYMENT_MISMATCH', 'the same amount in another currency', secret({ currency: 'CNY' })],
    ['PAYMENT_MISMATCH', 'a part of it in another currency', secret({ currency: 'CNY', amount: '599' })],
    ['OVERPAID', 'one unit more', secret({ amount: '601' })],
  ],
  writes: written('ACCC'),
});

/** What another payment may follow: paid, rejected, cancelled. */
const ENDS: readonly string[] = ['ACCC', 'RJCT', 'CANC'];

it.each(PAYMENT_STATUSES)(
  'notes %s in the own book alone, over any status but that the money arrived',
  async (status) => {
    const say = secret({ status });
    expect(await writtenBy(all(without('payment'), say)(scene))).toEqual(written(status));
    for (const before of PAYMENT_STATUSES) {
      if (before === status || before === 'ACCC') continue;
      expect(await writtenBy(all(record('payment', { status: before }), say)(scene))).toEqual(written(status));
    }
  },
);

it('marks the first payment of a presentment as on its way', async () => {
  const mark = put('remittance', PRESENTMENT.id, unsaltedOf(REMITTANCE), { in: [MSP.bank] });
  expect(await writtenBy(first(scene))).toEqual({ ...written('ACCC'), ...mark });
});

it('knows a payment without a UETR by its presentment, which gave the reference that it carries', async () => {
  const id = PRESENTMENT.id;
  const referred = all(first, instead(REFERRED), request({ uetr: undefined }));
  expect(await writtenBy(referred(scene))).toEqual({
    ...put('payment', id, unsaltedOf(PAYMENT, { id, status: 'ACCC' }), { in: [MSP.bank] }),
    ...put('remittance', id, unsaltedOf(REMITTANCE, { paymentId: id }), { in: [MSP.bank] }),
  });
  // With a UETR the presentment is paid as any other.
  expect(await codeOf(all(first, instead(REFERRED))(scene))).toBe('taken');
});

it('moves the mark from a payment that has ended to the next one, and from no other', async () => {
  const marked = all(record('remittance', { paymentId: OTHER_UETR }), withSlices);
  const beside = (status: (typeof PAYMENT_STATUSES)[number]): typeof scene => ({
    ...marked(without('payment')(scene)),
    shown: [...marked(without('payment')(scene)).shown, changed(PAYMENT, { id: OTHER_UETR, status })],
  });
  const mark = (changes: object): ReturnType<typeof put> =>
    put('remittance', PRESENTMENT.id, unsaltedOf(REMITTANCE, changes), { in: [MSP.bank] });
  for (const status of PAYMENT_STATUSES) {
    const isEnded = ENDS.includes(status);
    const hasArrived = status === 'ACCC';
    const arrived = hasArrived ? { isAfterArrival: true } : {};
    // What arrived is paid once more only by who says that it has not arrived.
    expect(await outcomeOf(beside(status))).toMatchObject(isEnded && !hasArrived ? {} : { refused: 'PAYMENT_PENDING' });
    const anew = hasArrived ? request({ anew: true })(beside(status)) : beside(status);
    if (isEnded) expect(await writtenBy(anew)).toEqual({ ...written('ACCC'), ...mark(arrived) });
  }
  const later = record('remittance', { paymentId: OTHER_UETR, isAfterArrival: true });
  expect(await writtenBy(later(beside('RJCT')))).toEqual({ ...written('ACCC'), ...mark({ isAfterArrival: true }) });
});

it.each(['RJCT', 'CANC'] as const)(
  'takes a payment that was %s under the wrong presentment for its own',
  async (status) => {
    const elsewhere = all(
      record('payment', { presentmentId: OTHER_PRESENTMENT, status }),
      without('remittance'),
      withSlices,
    );
    const mark = put('remittance', PRESENTMENT.id, unsaltedOf(REMITTANCE), { in: [MSP.bank] });
    expect(await writtenBy(elsewhere(scene))).toEqual({ ...written('ACCC'), ...mark });
    const unlocked = all(elsewhere, record('slice', { state: 'FREE', lock: null }));
    expect(await codeOf(unlocked(scene))).toBe('STATE');
  },
);

it('moves the mark from a payment that is about another presentment since', async () => {
  const marked = all(record('remittance', { paymentId: OTHER_UETR }), withSlices, without('payment'))(scene);
  const elsewhere = changed(PAYMENT, { id: OTHER_UETR, presentmentId: OTHER_PRESENTMENT, status: 'ACSP' });
  const mark = put('remittance', PRESENTMENT.id, unsaltedOf(REMITTANCE), { in: [MSP.bank] });
  expect(await writtenBy({ ...marked, shown: [...marked.shown, elsewhere] })).toEqual({ ...written('ACCC'), ...mark });
});

describe('a first report', () => {
  const slice = (changes: object): Change => all(first, record('slice', changes));

  it.each<[string, string, Change]>([
    ['STATE', 'the holder invented the presentment: its slice is free', slice({ state: 'FREE', lock: null })],
    ['STATE', 'the slice is locked for another presentment', slice({ lock: { ...LOCK, id: OTHER_PRESENTMENT } })],
    ['STATE', 'the slice is paid already', slice({ state: 'PAID' })],
    ['STATE', 'the slice is of another holder', all(neighbour(MSP.supplier, 'supplier'), slice({ holder: NEIGHBOUR }))],
    ['OPENING_MISSING', 'the slice is not shown', all(first, without('slice'))],
    ['taken', 'the payee has acknowledged before', slice({ state: 'ACKNOWLEDGED' })],
  ])('%s: %s', async (code, _what, breaks) => {
    expect(await codeOf(breaks(scene))).toBe(code);
  });
});

it('refuses a first report where the register has one', async () => {
  const hidden = all(without('payment'), taken(MSP.bank, 'payment', UETR));
  expect(await outcomeOf(hidden(scene))).toEqual({ refused: 'UETR_USED', data: { kind: 'payment', id: UETR } });
});
