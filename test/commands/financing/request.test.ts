/** A holder asks one bank what it would pay for slices that are not due yet. */
import { expect, it } from '@jest/globals';
import { takesNoPartOfAnother } from '../support/consolidated.js';
import {
  changed,
  DUE,
  FINANCING_REQUEST,
  idOf,
  MSP,
  NEIGHBOUR,
  OFFER_END,
  OFFERED_SLICE,
  OTHER_BANK,
  presented,
  PRESENTMENT,
  SLICE,
  SUPPLIER,
  TERMS,
  TODAY,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import { enteredBy, placesIn } from '../support/places.js';
import {
  all,
  callerOf,
  codeOf,
  instead,
  neighbour,
  on,
  outcomeOf,
  party,
  put,
  record,
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
  type Change,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, SLICE_ROWS } from '../support/vouching.js';
import { request as asking } from './request.case.js';

/** Of another certificate of the same issuer and bank, due on the same day. */
const OTHER_ROOT = changed(TERMS, { id: idOf('bank', 'issuer', 'certificate', 2) });
const SECOND = changed(SLICE, {
  id: idOf('bank', 'supplier', 'slice', 2),
  ...{ certificateId: OTHER_ROOT.id, termsHash: OTHER_ROOT.hash, amount: '70' },
});
/** Of the same certificate as the first one. */
const THIRD = changed(SLICE, { id: idOf('bank', 'supplier', 'slice', 3), amount: '30' });

const requestId = idOf('supplier', 'supplier', 'own-request');
const sliceIds = [SLICE.id, SECOND.id, THIRD.id];
const { interestPayer } = FINANCING_REQUEST.record;
const scene = sceneOf(
  'financing:request',
  callerOf('supplier', ['maker', 'checker']),
  { requestId, sliceIds },
  {
    secret: { funder: OTHER_BANK, expiresOn: OFFER_END, interestPayer },
    shown: [SLICE, TERMS, SECOND, OTHER_ROOT, THIRD],
  },
);
const slice = (changes: Partial<typeof SLICE.record>): Change => record('slice', changes, 1);
const terms = (changes: Partial<typeof TERMS.record>): Change => record('terms', changes, 1);
const shown = (kind: 'slice' | 'terms', opened: typeof SLICE | typeof TERMS): Written => ({
  [`${MSP.otherBank} shown/${kind}/${MSP.bank}/${opened.id}`]: { record: unsaltedOf(opened as typeof SLICE) },
});
const written = (changes: Partial<typeof FINANCING_REQUEST.record> = {}): Written =>
  put('financingRequest', requestId, unsaltedOf(FINANCING_REQUEST, { id: requestId, sliceIds, ...changes }), {
    ...{ in: [MSP.supplier], copies: [MSP.otherBank] },
  });

describeCommand({
  of: asking,
  scene,
  books: [
    ['ID_TAKEN', 'the id is taken', taken(MSP.supplier, 'financingRequest', requestId)],
    [
      'ID_FOREIGN',
      'another organisation drew the id',
      request({ requestId: idOf('supplier', 'otherBank', 'own-request') }),
    ],
    ['ID_FOREIGN', 'the id is for the book of the funder', request({ requestId: idOf('otherBank', 'supplier', 'r') })],
  ],
  unvouched: SLICE_ROWS,
  rules: [
    [
      'PARTY_ROLE',
      'the funder is no bank',
      all(secret({ funder: OTHER_BANK }), party('otherBank', { roles: ['issuer', 'supplier', 'operator'] })),
      { role: 'bank' },
    ],
    [
      'PARTY_ROLE',
      'the funder is suspended',
      all(secret({ funder: OTHER_BANK }), party('otherBank', { status: 'SUSPENDED' })),
    ],
    [
      'SELF_TRANSFER',
      'the holder asks itself',
      all(secret({ funder: SUPPLIER }), party('supplier', { roles: ['supplier', 'bank'] })),
    ],
    [
      'BATCH_MIXED',
      'one slice belongs to another party of the organisation',
      all(neighbour(MSP.supplier, 'supplier'), slice({ holder: NEIGHBOUR })),
      { index: '1' },
    ],
    [
      'BATCH_MIXED',
      'one slice is of another currency',
      all(terms({ currency: 'KWD' }), slice({ currency: 'KWD' })),
      { index: '1' },
    ],
    ['BATCH_MIXED', 'one is paid a day later', terms({ paymentDate: '2027-03-16' }), { index: '1' }],
    ['STATE', 'one is on offer', slice({ state: 'OFFERED', lock: LONG_LOCK })],
    ['STATE', 'one is presented', slice({ state: 'PRESENTED', lock: presented(PRESENTMENT).record.lock })],
    ['STATE', 'one was split', slice({ state: 'SPENT' }), { state: 'SPENT', sliceId: SECOND.id, index: '1' }],
    ['STATE', 'one is paid', slice({ state: 'PAID' })],
    ['TIER_EXCEEDED', 'one has passed through as many hands as its terms allow', slice({ tier: 2 }), { index: '1' }],
    ['AMOUNT_OUT_OF_RANGE', 'the sum is more than any payment carries', slice({ amount: '1000000000000000000' })],
    ['DUE_REACHED', 'the payment date has come', on(DUE), { certificateId: TERMS.id }],
    ['OFFER_EXPIRY', 'it would expire yesterday', secret({ expiresOn: YESTERDAY })],
    ['OFFER_EXPIRY', 'it would expire on the payment date', secret({ expiresOn: DUE })],
  ],
  writes: {
    ...written(),
    ...shown('slice', SLICE),
    ...shown('slice', SECOND),
    ...shown('slice', THIRD),
    ...shown('terms', TERMS),
    ...shown('terms', OTHER_ROOT),
  },
  enters: [MSP.otherBank],
});

takesNoPartOfAnother(scene);

it.each([TODAY, '2027-03-14'])('may expire on %s', async (expiresOn) => {
  expect(await codeOf(secret({ expiresOn })(scene))).toBe('taken');
});

it.each([{ kind: 'SELLER' as const }, { kind: 'ISSUER' as const }])('keeps who is to pay: %p', async (payer) => {
  expect(await writtenBy(secret({ interestPayer: payer })(scene))).toMatchObject(written({ interestPayer: payer }));
});

it('may go to the bank of the certificates, which has all that it needs but the request', async () => {
  const own = secret({ funder: TERMS.record.bank })(scene);
  const asked = unsaltedOf(FINANCING_REQUEST, {
    ...{ id: requestId, sliceIds, funder: TERMS.record.bank, funderMsp: MSP.bank },
  });
  const where = { in: [MSP.supplier], copies: [MSP.bank] };
  expect(await writtenBy(own)).toEqual(put('financingRequest', requestId, asked, where));
  expect(await enteredBy(own)).toEqual(placesIn(own, [MSP.bank]));
});

it('writes into no book but those of the holder and the funder', async () => {
  const books = Object.keys(await writtenBy(scene)).map((place) => place.split(' ')[0]);
  expect([...new Set(books)].sort()).toEqual([MSP.otherBank, MSP.supplier]);
});

it('takes a slice whose offer has lapsed, and the sum of exactly what a payment can carry', async () => {
  const lapsed = all(instead(OFFERED_SLICE), on('2026-12-16'), secret({ expiresOn: '2026-12-16' }));
  const one = sceneOf(
    ...(['financing:request', callerOf('supplier', ['maker']), { requestId, sliceIds: [SLICE.id] }] as const),
    { secret: { funder: OTHER_BANK, expiresOn: OFFER_END, interestPayer }, shown: [SLICE, TERMS] },
  );
  expect(await codeOf(lapsed(one))).toBe('taken');
  expect(await codeOf(slice({ amount: '999999999999999370' })(scene))).toBe('taken');
  expect(await codeOf(slice({ amount: '999999999999999371' })(scene))).toBe('AMOUNT_OUT_OF_RANGE');
});

it('goes out while issuer and bank are suspended: old paper is financed by whoever is willing', async () => {
  const suspended = all(...(['issuer', 'bank'] as const).map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await outcomeOf(suspended(scene))).toHaveProperty('written');
});
