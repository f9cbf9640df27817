/** The bank of the payee attests the credit of a leg. Of a leg CREDIT this is the proof for which its batch waits. */
import { describe, expect, it } from '@jest/globals';
import {
  asKind,
  BLOCK_LEG,
  CREDIT_LEG,
  CREDIT_ROW,
  outcomeWith,
  proofOf,
  SILENT_END,
  stands,
} from './support/batchFacts.js';
import {
  ACCOUNT,
  ATTESTATION,
  changed,
  CREDIT,
  CREDIT_REFERENCE,
  CREDIT_SECRET,
  END_TO_END_ID,
  HASH,
  idOf,
  MSP,
  OTHER_UETR,
  RECEIPT,
  referenceIdOf,
  TODAY,
  TOMORROW,
  UETR,
  unsaltedOf,
  YESTERDAY,
} from './support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  gone,
  on,
  put,
  record,
  redrawnBy,
  request,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
  type Change,
  type Scene,
} from './support/scene.js';
import { describeCommand } from './support/table.js';
import { cashLegRows } from './support/vouching.js';
import { attest } from './payment/attest.case.js';

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const scene = sceneOf(
  'payment:attest',
  callerOf('otherBank', ['checker']),
  { uetr: UETR, legId: CREDIT_LEG.id, ticketId },
  {
    secret: {
      ...{ currency: 'USD', amount: '590', valueDate: TODAY, account: ACCOUNT },
      ...{ creditReference: CREDIT_REFERENCE, messageHash: HASH },
    },
    shown: [CREDIT_LEG, CREDIT_SECRET],
  },
);
const paid = { presentmentId: undefined, legId: CREDIT_LEG.id };
const { cash } = CREDIT_LEG.record;
const agreed = cash as NonNullable<typeof cash>;
const REFERRED = changed(CREDIT_LEG, cash === undefined ? {} : { cash: { ...cash, endToEndId: END_TO_END_ID } });
const REFERENCE_ID = referenceIdOf(CREDIT_SECRET.record.salt, END_TO_END_ID.toUpperCase());
const referred: Change = (of) => ({ ...request({ uetr: undefined })(of), shown: [REFERRED, CREDIT_SECRET] });
const marks = { in: [MSP.otherBank], policy: 'BankMSP & OtherBankMSP' };
const said = { ...paid, payeeBankMsp: MSP.otherBank, amount: '590', valueDate: TODAY, attestedOn: TODAY };

describeCommand({
  of: attest,
  elsewhere: ['PAYMENTS_EXCEEDED'],
  party: 'otherBank',
  scene,
  books: [
    ['UETR_USED', 'the payment is attested already', taken(MSP.otherBank, 'attestation', UETR)],
    ['PAYMENT_RETURNED', 'the payment was sent back already', taken(MSP.otherBank, 'return', UETR)],
    ['CREDIT_USED', 'the entry is attested for another payment', taken(MSP.otherBank, 'credit', CREDIT.id)],
    [
      'REFERENCE_USED',
      'the reference is attested for another leg',
      all(referred, taken(MSP.otherBank, 'credit', REFERENCE_ID)),
    ],
    [
      'STATE',
      'the bank has said that no money came',
      stands(MSP.otherBank, 'proof', proofOf(CREDIT_ROW, 'NOT_RECEIVED')),
      { kind: 'proof', id: CREDIT_LEG.id },
    ],
    ['STATE', 'another payment of it was attested', taken(MSP.otherBank, 'proof', CREDIT_LEG.id)],
  ],
  unvouched: cashLegRows(CREDIT_LEG),
  loose: [['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }]],
  rules: [
    ['REFERENCE_MISSING', 'no UETR is named and the leg gave no reference', request({ uetr: undefined })],
    [
      'ACCOUNT_MISMATCH',
      'another account was credited',
      secret({ account: { ...ACCOUNT, id: 'GB82WEST12345698765432' } }),
    ],
    ['PAYMENT_MISMATCH', 'the same amount in another currency', secret({ currency: 'CNY' })],
    ['OVERPAID', 'one unit more', secret({ amount: '591' })],
    ['VALUE_DATE', 'the money was there 18 days before it was instructed', secret({ valueDate: '2026-11-05' })],
    [
      'VALUE_DATE',
      'the legs of the batch agree on another day',
      record('leg', { cash: { ...agreed, valueDate: TOMORROW } }),
    ],
    ['VALUE_DATE', 'the money is worth something after more than a month', secret({ valueDate: '2026-12-25' })],
  ],
  writes: {
    ...put('attestation', UETR, unsaltedOf(ATTESTATION, said), { ...marks, copies: [MSP.bank] }),
    ...put('credit', CREDIT.id, unsaltedOf(CREDIT, paid), marks),
    ...put('receipt', CREDIT_LEG.id, unsaltedOf(RECEIPT, { id: CREDIT_LEG.id, payeeBankMsp: MSP.otherBank }), {
      ...{ in: [MSP.bank], copies: [MSP.otherBank], policy: 'BankMSP & OtherBankMSP' },
    }),
    ...put('proof', CREDIT_LEG.id, proofOf(CREDIT_ROW, 'CREDITED'), { in: [MSP.otherBank] }),
    ...gone('ticket', ticketId, MSP.otherBank),
  },
  enters: [MSP.bank],
});

it('knows a payment without a UETR by its leg, and marks its reference besides the entry', async () => {
  const paymentId = CREDIT_LEG.id;
  const receipt = unsaltedOf(RECEIPT, { id: paymentId, payeeBankMsp: MSP.otherBank, paymentId });
  expect(await writtenBy(referred(scene))).toEqual({
    ...put('attestation', paymentId, unsaltedOf(ATTESTATION, { ...said, id: paymentId }), {
      ...{ ...marks, copies: [MSP.bank] },
    }),
    ...put('credit', CREDIT.id, unsaltedOf(CREDIT, { ...paid, paymentId }), marks),
    ...put('credit', REFERENCE_ID, unsaltedOf(CREDIT, { ...paid, id: REFERENCE_ID, paymentId }), marks),
    ...put('receipt', paymentId, receipt, {
      ...{ in: [MSP.bank], copies: [MSP.otherBank], policy: 'BankMSP & OtherBankMSP' },
    }),
    ...put('proof', paymentId, proofOf({ ...CREDIT_ROW, legHash: REFERRED.hash }, 'CREDITED'), {
      in: [MSP.otherBank],
    }),
    ...gone('ticket', ticketId, MSP.otherBank),
  });
});

it('of blocked money proves nothing: its batch was committed before', async () => {
  const blocked = all(
    ...[redrawnBy(MSP.bank), as(callerOf('bank', ['checker'])), request({ legId: BLOCK_LEG.id })],
    ...[secret({ currency: 'CNY', amount: '70' }), without('creditSecret')],
  );
  const written = await writtenBy({ ...blocked(scene), shown: [BLOCK_LEG] } satisfies Scene);
  expect(Object.keys(written).filter((key) => key.includes('proof/'))).toEqual([]);
  expect(written[`${MSP.bank} own/attestation/${UETR}`]?.record).toMatchObject({ legId: BLOCK_LEG.id, amount: '70' });
});

it('is said however late: money that came counts', async () => {
  expect(await codeOf(all(on(SILENT_END), secret({ valueDate: SILENT_END }))(scene))).toBe('taken');
});

it('is worth something on the day that the payer agreed on', async () => {
  const onAgreedDay = record('leg', { cash: { ...agreed, valueDate: TOMORROW } });
  expect(await codeOf(all(onAgreedDay, secret({ valueDate: TOMORROW }))(scene))).toBe('taken');
});

describe('of a committed batch, after the agreed day, because the first money went back', () => {
  const agreedOn = (day: string): Change => record('leg', { cash: { ...agreed, valueDate: day } });
  const known = (state: 'AGREED' | 'COMMITTED'): Change => {
    const { kind, id, record: outcome } = outcomeWith(state);
    return (of) => ({ ...of, shown: [...of.shown, { kind, id, record: outcome }] });
  };
  const late = all(agreedOn(YESTERDAY), secret({ valueDate: TODAY }));

  it('is taken, because the leg is owed still', async () => {
    expect(await codeOf(all(late, known('COMMITTED'))(scene))).toBe('taken');
  });

  it('is not before the batch is committed, nor where nobody shows that it is', async () => {
    expect(await codeOf(all(late, known('AGREED'))(scene))).toBe('VALUE_DATE');
    expect(await codeOf(late(scene))).toBe('VALUE_DATE');
  });

  it('is not before the agreed day', async () => {
    const early = all(agreedOn(TOMORROW), secret({ valueDate: TODAY }), known('COMMITTED'));
    expect(await codeOf(early(scene))).toBe('VALUE_DATE');
  });
});

describe('in parts', () => {
  const part = proofOf(CREDIT_ROW, 'PARTLY_CREDITED');
  const earlier = changed(ATTESTATION, { ...paid, id: OTHER_UETR, payeeBankMsp: MSP.otherBank, amount: '200' });
  const receipt = changed(RECEIPT, { id: CREDIT_LEG.id, payeeBankMsp: MSP.otherBank, paymentId: OTHER_UETR });
  const begun: Change = (of) => ({
    ...stands(MSP.otherBank, 'proof', part)(of),
    shown: [...of.shown, earlier, receipt],
  });
  const proof = (what: 'CREDITED' | 'PARTLY_CREDITED'): ReturnType<typeof put> =>
    put('proof', CREDIT_LEG.id, proofOf(CREDIT_ROW, what), { in: [MSP.otherBank] });

  it('a first part is no proof for the batch', async () => {
    expect(await writtenBy(secret({ amount: '200' })(scene))).toMatchObject(proof('PARTLY_CREDITED'));
  });

  it('the payment that completes the amount is the proof, to the unit', async () => {
    expect(await writtenBy(all(begun, secret({ amount: '390' }))(scene))).toMatchObject(proof('CREDITED'));
    expect(await writtenBy(all(begun, secret({ amount: '389' }))(scene))).toMatchObject(proof('PARTLY_CREDITED'));
    expect(await codeOf(all(begun, secret({ amount: '391' }))(scene))).toBe('OVERPAID');
  });

  it('what came back completes nothing', async () => {
    const back = all(begun, taken(MSP.otherBank, 'return', OTHER_UETR));
    expect(await writtenBy(all(back, secret({ amount: '390' }))(scene))).toMatchObject(proof('PARTLY_CREDITED'));
    expect(await writtenBy(back(scene))).toMatchObject(proof('CREDITED'));
  });

  it('nothing is added to what is proven or denied, nor to a word on another leg', async () => {
    for (const other of [
      proofOf(CREDIT_ROW, 'CREDITED'),
      proofOf(CREDIT_ROW, 'NOT_RECEIVED'),
      { ...part, legHash: HASH },
    ])
      expect(await codeOf(all(begun, stands(MSP.otherBank, 'proof', other), secret({ amount: '390' }))(scene))).toBe(
        'STATE',
      );
  });
});
