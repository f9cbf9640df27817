/** What the bank of the payer says of the payment of a leg. Its first word needs the order to pay: the outcome of the batch. */
import { describe, expect, it } from '@jest/globals';
import {
  ABORTED,
  AFTER_END,
  AGREED,
  asKind,
  BATCH_ID,
  BLOCK_LEG,
  BLOCK_ROW,
  COMMITTED,
  covered,
  CREDIT_LEG,
  CREDIT_ROW,
  LEG_PAYMENT,
  LEG_REMITTANCE,
  OTHER_LEG_ID,
  outcomeWith,
  SLICE_LEG,
  SLICE_ROW,
} from './support/batchFacts.js';
import {
  ACCEPTANCE,
  END_TO_END_ID,
  HASH,
  MSP,
  OTHER_UETR,
  REGISTRATION,
  RETURN,
  UETR,
  changed,
  opened,
  unsaltedOf,
} from './support/facts.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  instead,
  on,
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
} from './support/scene.js';
import { describeCommand } from './support/table.js';
import { cashLegRows } from './support/vouching.js';
import { approvedAsShown, rowsApproved } from './support/wholeBatch.js';
import { report } from './payment/report.case.js';

const scene = all(
  covered(SLICE_ROW),
  approvedAsShown,
)(
  sceneOf(
    'payment:report',
    callerOf('bank', ['maker', 'checker']),
    { uetr: UETR, legId: CREDIT_LEG.id },
    {
      secret: { currency: 'USD', amount: '590', status: 'ACSP', messageHash: HASH },
      shown: [CREDIT_LEG, AGREED],
    },
  ),
);
const payment = put('payment', UETR, unsaltedOf(LEG_PAYMENT), { in: [MSP.bank] });
const written: Written = {
  ...payment,
  ...put('remittance', CREDIT_LEG.id, unsaltedOf(LEG_REMITTANCE), { in: [MSP.bank] }),
};
/** What the bank said before. */
const after =
  (paymentSaid: object, mark: object = {}): Change =>
  (of) => ({
    ...of,
    shown: [...of.shown, changed(LEG_PAYMENT, paymentSaid), changed(LEG_REMITTANCE, mark)],
  });
/** Another payment had arrived before. */
const before = (mark: object = {}): Change =>
  after({ id: OTHER_UETR, status: 'ACCC' }, { paymentId: OTHER_UETR, ...mark });
/** The payee's bank sent that one back. */
const LEG_RETURN = changed(RETURN, {
  ...{ id: OTHER_UETR, presentmentId: undefined, legId: CREDIT_LEG.id, amount: '590' },
  ...{ payeeBankMsp: CREDIT_LEG.record.cash?.payeeBankMsp ?? '', holderMsp: CREDIT_LEG.record.receiverMsp },
});
const cameBack =
  (changes: Partial<typeof LEG_RETURN.record> = {}): Change =>
  (of) => ({ ...of, shown: [...of.shown, changed(LEG_RETURN, changes)] });
const otherwise = instead(outcomeWith('AGREED', [SLICE_ROW, { ...CREDIT_ROW, legHash: HASH }, BLOCK_ROW]));

describeCommand({
  of: { ...report, unopened: { outcome: 'OUTCOME_MISSING' } },
  scene,
  elsewhere: ['REGISTRATION_MISSING', 'PAYMENTS_EXCEEDED'],
  books: [
    ['UETR_USED', 'the payment was reported, and that is hidden', taken(MSP.bank, 'payment', UETR)],
    ['OUTCOME_MISSING', 'no outcome is shown', without('outcome')],
    [
      'NOT_APPROVED',
      'the payer has not approved the batch: all its registers together made it up',
      absent(MSP.contractor, 'approval', BATCH_ID),
      { kind: 'approval', id: BATCH_ID, mspId: MSP.contractor },
    ],
    [
      'NOT_ALLOCATED',
      'the slice was released',
      absent(MSP.bank, 'cover', SLICE_LEG.id),
      { kind: 'cover', id: SLICE_LEG.id },
    ],
  ],
  unvouched: rowsApproved(cashLegRows(CREDIT_LEG)),
  loose: [
    ['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }],
    ['UETR_USED', 'the payment is for another leg', after({ legId: OTHER_LEG_ID }, { paymentId: OTHER_UETR })],
    ['STATE', 'the payment arrived already', after({ status: 'ACCC' }), { state: 'ACCC' }],
    ['PAYMENT_PENDING', 'another payment of it is on its way', after({ id: OTHER_UETR }, { paymentId: OTHER_UETR })],
  ],
  rules: rowsApproved([
    ['REFERENCE_MISSING', 'no UETR is named and the leg gave no reference', request({ uetr: undefined })],
    ['OUTCOME_MISSING', 'the batch was committed, so the money had come', instead(COMMITTED)],
    ['OUTCOME_MISSING', 'it was committed, and what came back is not told', all(instead(COMMITTED), before())],
    ['OUTCOME_MISSING', 'only a part came back', all(instead(COMMITTED), before(), cameBack({ amount: '589' }))],
    ['OUTCOME_MISSING', 'another currency came back', all(instead(COMMITTED), before(), cameBack({ currency: 'CNY' }))],
    [
      'OUTCOME_MISSING',
      'it came back of another leg',
      all(instead(COMMITTED), before(), cameBack({ legId: OTHER_LEG_ID })),
    ],
    ['OUTCOME_MISSING', 'the batch was aborted', instead(ABORTED)],
    ['LEG_FOREIGN', 'another leg of that id was agreed', otherwise],
    ['PAYMENT_MISMATCH', 'the same amount in another currency', secret({ currency: 'CNY' })],
    ['OVERPAID', 'one unit more', secret({ amount: '591' })],
  ]),
  writes: written,
});

describe('a payment of a leg', () => {
  it('that was ordered is told on without the order, whatever has become of the batch', async () => {
    const later = all(after({ status: 'PDNG' }), without('outcome'), on(AFTER_END));
    expect(await writtenBy(all(later, absent(MSP.bank, 'cover', SLICE_LEG.id))(scene))).toEqual(payment);
  });

  it('is made again after the batch was committed where all of the first came back, and after one that was rejected then', async () => {
    const again = put(
      'remittance',
      CREDIT_LEG.id,
      unsaltedOf(LEG_REMITTANCE, { isAfterArrival: true, afterReturnOf: OTHER_UETR }),
      {
        in: [MSP.bank],
      },
    );
    const later = all(instead(COMMITTED), absent(MSP.bank, 'cover', SLICE_LEG.id));
    expect(await writtenBy(all(later, before(), cameBack())(scene))).toEqual({ ...payment, ...again });
    const [third, mark] = ['22222222-2222-4333-8444-555555555555', { isAfterArrival: true as const }];
    const rejected = (of: object): Change => after({ id: third, status: 'RJCT' }, { paymentId: third, ...mark, ...of });
    const anew = all(later, rejected({ afterReturnOf: OTHER_UETR }), cameBack());
    expect(await writtenBy(anew(scene))).toEqual({ ...payment, ...again });
    expect(await codeOf(all(later, rejected({}), cameBack())(scene))).toBe('OUTCOME_MISSING');
  });

  it('is ordered late where the slice is still allocated', async () => {
    expect(await writtenBy(on(AFTER_END)(scene))).toEqual(written);
  });

  it('follows one that was rejected, and needs the order again', async () => {
    const next = after({ id: OTHER_UETR, status: 'RJCT' }, { paymentId: OTHER_UETR });
    expect(await writtenBy(next(scene))).toEqual(written);
    expect(await codeOf(all(next, absent(MSP.bank, 'cover', SLICE_LEG.id))(scene))).toBe('NOT_ALLOCATED');
  });

  it('without a UETR is known by the leg, which gave the reference that it carries', async () => {
    const { cash } = CREDIT_LEG.record;
    if (cash === undefined) throw new Error('a leg of money has two banks');
    const leg = changed(CREDIT_LEG, { cash: { ...cash, endToEndId: END_TO_END_ID } });
    const sheet = [SLICE_ROW, { ...CREDIT_ROW, legHash: leg.hash }, BLOCK_ROW];
    const referred: Scene = { ...request({ uetr: undefined })(scene), shown: [leg, outcomeWith('AGREED', sheet)] };
    expect(await writtenBy(approvedAsShown(referred))).toEqual({
      ...put('payment', leg.id, unsaltedOf(LEG_PAYMENT, { id: leg.id }), { in: [MSP.bank] }),
      ...put('remittance', leg.id, unsaltedOf(LEG_REMITTANCE, { paymentId: leg.id }), { in: [MSP.bank] }),
    });
  });

  it.each([
    ['OUTCOME_MISSING', 'agreed', AGREED],
    ['taken', 'committed', COMMITTED],
    ['OUTCOME_MISSING', 'aborted', ABORTED],
  ])('of blocked money: %s where the batch is %s', async (code, _what, outcome) => {
    const blocked = all(
      as(callerOf('otherBank', ['maker'])),
      ...[request({ legId: BLOCK_LEG.id }), secret({ currency: 'CNY', amount: '70' })],
    );
    expect(await codeOf({ ...blocked(scene), shown: [BLOCK_LEG, outcome] })).toBe(code);
  });

  it('of an accepted financing is refused until the funder has registered it', async () => {
    const leg = opened('leg', { ...CREDIT_LEG.record, financing: ACCEPTANCE.id });
    const agreed = outcomeWith('AGREED', [SLICE_ROW, { ...CREDIT_ROW, legHash: leg.hash }, BLOCK_ROW]);
    const financed = approvedAsShown({ ...scene, shown: [leg, agreed] });
    expect(await codeOf(financed)).toBe('REGISTRATION_MISSING');
    const registered = changed(REGISTRATION, { funderMsp: MSP.contractor });
    expect(await codeOf({ ...financed, shown: [...financed.shown, registered] })).toBe('taken');
  });

  it('of a batch that is committed needs no word of the payer: it has what it pays for', async () => {
    const blocked = all(
      as(callerOf('otherBank', ['maker'])),
      ...[request({ legId: BLOCK_LEG.id }), secret({ currency: 'CNY', amount: '70' })],
      absent(MSP.contractor, 'approval', BATCH_ID),
    );
    expect(await codeOf({ ...blocked(scene), shown: [BLOCK_LEG, COMMITTED] })).toBe('taken');
  });
});
