/** The payee's bank records under four eyes that it sent a payment back: in its own book, so that no other bank can keep it from doing so. */
import { expect, it } from '@jest/globals';
import {
  ATTESTATION,
  changed,
  DUE,
  FOREIGN_PRESENTMENT,
  FOREIGN_REFERRED,
  HASH,
  idOf,
  MSP,
  RETURN,
  UETR,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  gone,
  instead,
  on,
  party,
  put,
  record,
  redrawnBy,
  request,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
} from '../support/scene.js';
import { enteredBy } from '../support/places.js';
import { describeCommand } from '../support/table.js';
import { PRESENTMENT_ROWS } from '../support/vouching.js';
import { return as returned } from './return.case.js';

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const scene = sceneOf(
  'payment:return',
  callerOf('otherBank', ['checker']),
  { uetr: UETR, presentmentId: FOREIGN_PRESENTMENT.id, ticketId },
  {
    secret: { currency: 'USD', amount: '600', returnedOn: DUE, reason: 'AC04', messageHash: HASH },
    shown: [FOREIGN_PRESENTMENT, changed(ATTESTATION, { payeeBankMsp: MSP.otherBank })],
    date: DUE,
  },
);
const written = (changes: Parameters<typeof unsaltedOf<'return'>>[1], ...copies: string[]): ReturnType<typeof put> => ({
  ...put('return', UETR, unsaltedOf(RETURN, changes), { in: [MSP.otherBank], copies }),
  ...gone('ticket', ticketId, MSP.otherBank),
});

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
  elsewhere: ['LEG_KIND'],
  unvouched: PRESENTMENT_ROWS,
  rules: [
    ['REFERENCE_MISSING', 'no UETR is named and the presentment gave no reference', request({ uetr: undefined })],
    [
      'PAYMENT_MISMATCH',
      'the bank attested the payment for another presentment',
      record('attestation', { presentmentId: idOf('supplier', 'supplier', 'presentment', 2) }),
    ],
    ['PAYMENT_MISMATCH', 'one unit more came back than was asked for', secret({ amount: '601' })],
    ['PAYMENT_MISMATCH', 'one unit more came back than this payment brought', record('attestation', { amount: '599' })],
    ['PAYMENT_MISMATCH', 'another currency came back', secret({ currency: 'CNY' })],
    ['VALUE_DATE', 'it came back long before it was asked for', secret({ returnedOn: '2027-02-25' })],
    ['VALUE_DATE', 'it comes back in more than a month', secret({ returnedOn: '2027-04-16' })],
  ],
  writes: written({}, MSP.bank, MSP.supplier),
  enters: [MSP.bank, MSP.supplier],
});

it('is written into the own book alone where nobody else is to be waited for', async () => {
  const alone = request({ books: 'register' })(scene);
  expect(await writtenBy(alone)).toEqual(written({}));
  expect(await enteredBy(alone)).toEqual({});
});

it('takes a part that came back, a return without a reason, and one that is settled within a month', async () => {
  expect(await writtenBy(secret({ amount: '1', returnedOn: '2027-04-15' })(scene))).toEqual(
    written({ amount: '1', returnedOn: '2027-04-15' }, MSP.bank, MSP.supplier),
  );
  const { reason: _none, ...bare } = scene.secret as { readonly reason: string };
  expect(await codeOf({ ...scene, secret: bare })).toBe('taken');
});

it('knows a payment without a UETR by its presentment', async () => {
  const id = FOREIGN_PRESENTMENT.id;
  const referred = all(without('attestation'), instead(FOREIGN_REFERRED), request({ uetr: undefined }));
  expect(await writtenBy(referred(scene))).toMatchObject(
    put('return', id, unsaltedOf(RETURN, { id }), { in: [MSP.otherBank], copies: [MSP.bank, MSP.supplier] }),
  );
});

it('needs no attestation, and hides none', async () => {
  expect(await codeOf(without('attestation')(scene))).toBe('taken');
  expect(await codeOf(all(without('attestation'), taken(MSP.otherBank, 'attestation', UETR))(scene))).toBe(
    'OPENING_MISSING',
  );
});

it('is recorded whatever has become of the presentment', async () => {
  expect(await codeOf(record('presentment', { state: 'WITHDRAWN' })(scene))).toBe('taken');
  expect(await codeOf(all(on('2027-06-01'), secret({ returnedOn: '2027-05-31' }))(scene))).toBe('taken');
});

it.each(['bank', 'supplier'] as const)('is refused to the %s: only who sent it back says so', async (name) => {
  const caller = callerOf(name, ['checker']);
  expect(await codeOf(all(redrawnBy(caller.mspId), as(caller))(scene))).toBe('CALLER_NOT_ALLOWED');
});

it("goes on when the payee's bank was suspended: it takes on nothing new", async () => {
  expect(await codeOf(party('otherBank', { status: 'SUSPENDED' })(scene))).toBe('taken');
});
