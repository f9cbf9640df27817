/** The bank of the payee sent the money of a leg back. A batch that waits for it has none any more. */
import { describe, expect, it } from '@jest/globals';
import { asKind, CREDIT_LEG, CREDIT_ROW, OTHER_LEG_ID, proofOf, stands } from './support/batchFacts.js';
import {
  ATTESTATION,
  changed,
  HASH,
  idOf,
  MSP,
  OTHER_UETR,
  RECEIPT,
  RETURN,
  TODAY,
  UETR,
  unsaltedOf,
} from './support/facts.js';
import { enteredBy } from './support/places.js';
import {
  absent,
  all,
  callerOf,
  codeOf,
  gone,
  on,
  put,
  record,
  request,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
  type Scene,
  type Written,
} from './support/scene.js';
import { describeCommand } from './support/table.js';
import { cashLegRows } from './support/vouching.js';
import { return as returned } from './payment/return.case.js';

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const paid = { presentmentId: undefined, legId: CREDIT_LEG.id, payeeBankMsp: MSP.otherBank, amount: '590' };
const scene = stands(
  MSP.otherBank,
  'proof',
  proofOf(CREDIT_ROW, 'CREDITED'),
)(
  sceneOf(
    'payment:return',
    callerOf('otherBank', ['checker']),
    { uetr: UETR, legId: CREDIT_LEG.id, ticketId },
    {
      secret: { currency: 'USD', amount: '590', returnedOn: TODAY, reason: 'AC04', messageHash: HASH },
      shown: [CREDIT_LEG, changed(ATTESTATION, paid)],
    },
  ),
);
const written = (...copies: string[]): Written => ({
  ...put('return', UETR, unsaltedOf(RETURN, { ...paid, returnedOn: TODAY, recordedOn: TODAY }), {
    ...{ in: [MSP.otherBank], copies },
  }),
  ...gone('ticket', ticketId, MSP.otherBank),
});
const unproven = gone('proof', CREDIT_LEG.id, MSP.otherBank);

describeCommand({
  of: returned,
  party: 'otherBank',
  scene,
  books: [
    [
      'RETURN_EXISTS',
      'the payment came back already',
      taken(MSP.otherBank, 'return', UETR),
      { kind: 'return', id: UETR },
    ],
  ],
  unvouched: cashLegRows(CREDIT_LEG),
  loose: [['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }]],
  rules: [
    ['REFERENCE_MISSING', 'no UETR is named and the leg gave no reference', request({ uetr: undefined })],
    [
      'PAYMENT_MISMATCH',
      'the bank attested the payment for another leg',
      record('attestation', { legId: OTHER_LEG_ID }),
    ],
    ['PAYMENT_MISMATCH', 'one unit more came back than was paid', secret({ amount: '591' })],
    ['PAYMENT_MISMATCH', 'another currency came back', secret({ currency: 'CNY' })],
    ['VALUE_DATE', 'it came back long before it was instructed', secret({ returnedOn: '2026-11-05' })],
    ['VALUE_DATE', 'it comes back in more than a month', secret({ returnedOn: '2026-12-25' })],
  ],
  writes: { ...written(MSP.bank, MSP.supplier), ...unproven },
  enters: [MSP.bank, MSP.supplier],
});

it('leaves what the book says otherwise of the money as it is', async () => {
  for (const standing of [
    absent(MSP.otherBank, 'proof', CREDIT_LEG.id),
    stands(MSP.otherBank, 'proof', proofOf(CREDIT_ROW, 'NOT_RECEIVED')),
    stands(MSP.otherBank, 'proof', proofOf({ ...CREDIT_ROW, legHash: HASH }, 'CREDITED')),
  ])
    expect(await writtenBy(all(standing, without('attestation'))(scene))).toEqual(written(MSP.bank, MSP.supplier));
});

it('of blocked money takes no proof away', async () => {
  const blocked = all(asKind('BLOCK'), without('attestation'));
  const shared = await writtenBy(blocked(scene));
  expect(Object.keys(shared).filter((key) => key.includes('proof/'))).toEqual([]);
});

it('is written into the own book alone where nobody else is to be waited for', async () => {
  const alone = request({ books: 'register' })(scene);
  expect(await writtenBy(alone)).toEqual({ ...written(), ...unproven });
  expect(await enteredBy(alone)).toEqual({});
  expect(await writtenBy(on('2026-11-24')(alone))).toMatchObject(unproven);
});

describe('of a part', () => {
  const part = proofOf(CREDIT_ROW, 'PARTLY_CREDITED');
  const about = { ...paid, amount: '200' };
  const receipt = changed(RECEIPT, { id: CREDIT_LEG.id, payeeBankMsp: MSP.otherBank, furtherPaymentIds: [OTHER_UETR] });
  const inParts = (amount: string): Scene => ({
    ...secret({ amount: '200' })(scene),
    shown: [
      CREDIT_LEG,
      changed(ATTESTATION, about),
      receipt,
      changed(ATTESTATION, { ...about, id: OTHER_UETR, amount }),
    ],
  });
  const partLeft = put('proof', CREDIT_LEG.id, part, { in: [MSP.otherBank] });

  it('leaves the other part, and the batch has no proof any more', async () => {
    expect(await writtenBy(inParts('390'))).toMatchObject(partLeft);
    expect(await writtenBy(stands(MSP.otherBank, 'proof', part)(inParts('100')))).toMatchObject(partLeft);
  });

  it('leaves nothing where the other part went back before', async () => {
    const back = taken(MSP.otherBank, 'return', OTHER_UETR);
    expect(await writtenBy(all(stands(MSP.otherBank, 'proof', part), back)(inParts('100')))).toMatchObject(unproven);
  });

  it('shows the receipt and what it names', async () => {
    expect(await codeOf(without('receipt')(inParts('390')))).toBe('OPENING_MISSING');
    const hidden = (of: Scene): Scene => ({ ...of, shown: of.shown.filter(({ id }) => id !== OTHER_UETR) });
    const there = taken(MSP.otherBank, 'attestation', OTHER_UETR);
    expect(await codeOf(all(hidden, there)(inParts('390')))).toBe('OPENING_MISSING');
  });
});
