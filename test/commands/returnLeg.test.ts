/** The bank of the payee sent the money of a leg back. A batch that waits for it has none any more. */
import { expect, it } from '@jest/globals';
import { asKind, CREDIT_LEG, CREDIT_ROW, OTHER_LEG_ID, proofOf, stands } from './support/batchFacts.js';
import { ATTESTATION, changed, HASH, idOf, MSP, RETURN, TODAY, UETR, unsaltedOf } from './support/facts.js';
import { enteredBy } from './support/places.js';
import {
  absent,
  all,
  callerOf,
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
