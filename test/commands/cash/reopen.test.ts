/** The bank of the payer takes back that money is on its way for a leg: under four eyes, and only where none has arrived. */
import { describe, expect, it } from '@jest/globals';
import { PAYMENT_STATUSES } from '../../../chaincode/src/protocol/records/index.js';
import { asKind, BLOCK_LEG, CREDIT_LEG, LEG_PAYMENT, LEG_REMITTANCE, OTHER_LEG_ID } from '../support/batchFacts.js';
import { changed, idOf, MSP, OTHER_UETR, RETURN, UETR } from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  gone,
  party,
  record,
  redrawnBy,
  request,
  sceneOf,
  taken,
  writtenBy,
  type Change,
} from '../support/scene.js';
import { describeCommand, type Row } from '../support/table.js';
import { cashLegRows } from '../support/vouching.js';
import { reopen } from './reopen.case.js';

const ticketId = idOf('bank', 'bank', 'own-ticket');
const scene = sceneOf(
  'cash:reopen',
  callerOf('bank', ['checker']),
  { legId: CREDIT_LEG.id, uetr: UETR, ticketId },
  { shown: [CREDIT_LEG, changed(LEG_PAYMENT, { status: 'RJCT' }), LEG_REMITTANCE] },
);
const unmarked = {
  ...gone('remittance', CREDIT_LEG.id, MSP.bank, 'with its restored copy'),
  ...gone('ticket', ticketId, MSP.bank),
};
/** The bank of the payee says that it sent the money back. */
const returned =
  (legId: string): Change =>
  (of) => ({
    ...of,
    shown: [...of.shown, changed(RETURN, { legId, presentmentId: undefined, currency: 'USD', amount: '590' })],
  });

describeCommand({
  of: reopen,
  scene,
  books: [['PAYMENT_PENDING', 'the bank of the payee attests the payment', taken(MSP.otherBank, 'attestation', UETR)]],
  unvouched: cashLegRows(CREDIT_LEG),
  loose: [['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }]],
  rules: [
    ['PAYMENT_MISMATCH', 'another payment is on its way', record('remittance', { paymentId: OTHER_UETR })],
    ['PAYMENT_MISMATCH', 'what was sent back was paid for another leg', returned(OTHER_LEG_ID)],
    ...PAYMENT_STATUSES.filter((status) => !['RJCT', 'CANC'].includes(status)).map((status): Row => [
      'PAYMENT_PENDING',
      `the payment is ${status}`,
      record('payment', { status }),
    ]),
    ['PAYMENT_PENDING', 'an earlier payment had arrived', record('remittance', { isAfterArrival: true })],
  ],
  writes: unmarked,
});

describe('a payment', () => {
  it('that was cancelled ends like one that was rejected', async () => {
    expect(await writtenBy(record('payment', { status: 'CANC' })(scene))).toEqual(unmarked);
  });

  it('that is for another leg since was rejected for this one before', async () => {
    const elsewhere = record('payment', { legId: OTHER_LEG_ID, status: 'ACCC' });
    expect(await writtenBy(elsewhere(scene))).toEqual(unmarked);
  });

  it.each(['ACSP', 'ACCC'] as const)('that was %s and sent back has ended, attested or not', async (status) => {
    const back = all(record('payment', { status }), returned(CREDIT_LEG.id));
    expect(await writtenBy(back(scene))).toEqual(unmarked);
    expect(await writtenBy(all(back, taken(MSP.otherBank, 'attestation', UETR))(scene))).toEqual(unmarked);
  });

  it('that followed one which arrived leaves its mark, although it was sent back itself', async () => {
    const later = all(record('remittance', { isAfterArrival: true }), returned(CREDIT_LEG.id));
    expect(await codeOf(later(scene))).toBe('PAYMENT_PENDING');
  });

  it('that followed parts has ended when all of them went back', async () => {
    const parts = record('remittance', { arrivedPaymentIds: [OTHER_UETR] });
    const back =
      (legId: string): Change =>
      (of) => ({
        ...of,
        shown: [...of.shown, changed(RETURN, { id: OTHER_UETR, legId, presentmentId: undefined, amount: '200' })],
      });
    expect(await codeOf(parts(scene))).toBe('PAYMENT_PENDING');
    expect(await codeOf(all(parts, back(OTHER_LEG_ID))(scene))).toBe('PAYMENT_PENDING');
    expect(await writtenBy(all(parts, back(CREDIT_LEG.id))(scene))).toEqual(unmarked);
  });

  it('without a UETR is known by its leg', async () => {
    const paymentId = CREDIT_LEG.id;
    const referred = all(record('remittance', { paymentId }), request({ uetr: undefined }));
    const shown = scene.shown.map((each) =>
      each.kind === 'payment' ? changed(LEG_PAYMENT, { id: paymentId, status: 'RJCT' }) : each,
    );
    expect(await writtenBy(referred({ ...scene, shown }))).toEqual(unmarked);
  });

  it('of blocked money is taken back as well', async () => {
    const shown = [
      BLOCK_LEG,
      changed(LEG_PAYMENT, { legId: BLOCK_LEG.id, bankMsp: MSP.otherBank, status: 'RJCT' }),
      changed(LEG_REMITTANCE, { id: BLOCK_LEG.id, bankMsp: MSP.otherBank }),
    ];
    const blocked = all(
      redrawnBy(MSP.otherBank),
      as(callerOf('otherBank', ['checker'])),
      request({ legId: BLOCK_LEG.id }),
    );
    expect(await writtenBy({ ...blocked(scene), shown })).toMatchObject(
      gone('remittance', BLOCK_LEG.id, MSP.otherBank, 'with its restored copy'),
    );
  });
});

it('goes on when the bank was suspended: it takes on nothing new', async () => {
  expect(await codeOf(party('bank', { status: 'SUSPENDED' })(scene))).toBe('taken');
});
