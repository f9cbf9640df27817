/** A whole slice is offered: under four eyes, by the holder, until a date. */
import { expect, it } from '@jest/globals';
import { takesNoPartOfAnother } from '../support/consolidated.js';
import {
  CONTRACTOR,
  DUE,
  idOf,
  MSP,
  OFFER_END,
  OFFERED_SLICE,
  presented,
  PRESENTMENT,
  SLICE,
  SUPPLIER,
  TERMS,
  TODAY,
  TRANSFER_LOCK,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  gone,
  instead,
  on,
  party,
  put,
  record,
  sceneOf,
  secret,
  writtenBy,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, SLICE_ROWS } from '../support/vouching.js';
import { offer } from './offer.case.js';

const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const scene = sceneOf(
  'slice:offer',
  callerOf('supplier', ['checker']),
  { sliceId: SLICE.id, transferId: TRANSFER_LOCK.id, ticketId },
  { secret: { transferee: CONTRACTOR, expiresOn: OFFER_END }, shown: [SLICE, TERMS] },
);
const agreed = {
  in: [MSP.bank],
  copies: [MSP.supplier, MSP.contractor],
  policy: 'BankMSP & (ContractorMSP | SupplierMSP)',
};

describeCommand({
  of: offer,
  scene,
  unvouched: SLICE_ROWS,
  rules: [
    ['STATE', 'the slice is on offer', record('slice', { state: 'OFFERED', lock: LONG_LOCK })],
    ['STATE', 'the slice is presented', instead(presented(PRESENTMENT))],
    ['STATE', 'the slice was split', record('slice', { state: 'SPENT' })],
    ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
    ['DUE_REACHED', 'the payment date has come', on(DUE), { certificateId: TERMS.id }],
    [
      'PARTY_ROLE',
      'the transferee is neither supplier nor bank',
      all(secret({ transferee: CONTRACTOR }), party('contractor', { roles: ['issuer', 'operator', 'regulator'] })),
      { role: 'supplier|bank' },
    ],
    [
      'PARTY_ROLE',
      'the transferee is suspended',
      all(secret({ transferee: CONTRACTOR }), party('contractor', { status: 'SUSPENDED' })),
    ],
    ['SELF_TRANSFER', 'the transferee is the holder', secret({ transferee: SUPPLIER })],
    ['TIER_EXCEEDED', 'the slice has passed through as many hands as the terms allow', record('slice', { tier: 2 })],
    ['OFFER_EXPIRY', 'it would expire yesterday', secret({ expiresOn: YESTERDAY })],
    ['OFFER_EXPIRY', 'it would expire on the payment date', secret({ expiresOn: DUE })],
  ],
  writes: {
    ...put('slice', SLICE.id, unsaltedOf(OFFERED_SLICE), agreed),
    [`${MSP.contractor} shown/terms/${MSP.bank}/${TERMS.id}`]: { record: unsaltedOf(TERMS) },
    ...gone('ticket', ticketId, MSP.supplier),
  },
  enters: [MSP.contractor],
});

takesNoPartOfAnother(scene);

it.each([TODAY, '2027-03-14'])('may expire on %s', async (expiresOn) => {
  expect(await codeOf(secret({ expiresOn })(scene))).toBe('taken');
});

it('may go to a bank, and once more where the terms leave one more hand', async () => {
  expect(await codeOf(party('contractor', { roles: ['bank'] })(scene))).toBe('taken');
  expect(await codeOf(record('slice', { tier: 1 })(scene))).toBe('taken');
});

it('goes on offer again when the last offer lapsed', async () => {
  const lapsed = all(instead(OFFERED_SLICE), on('2026-12-16'), secret({ expiresOn: '2026-12-16' }));
  expect(await codeOf(lapsed(scene))).toBe('taken');
});

it('asks the holder to sign where the transferee lives with the bank: the bank alone moves nothing', async () => {
  const hosted = await writtenBy(party('contractor', { mspId: MSP.bank })(scene));
  expect(hosted[`${MSP.bank} own/slice/${SLICE.id}`]).toMatchObject({ policy: 'BankMSP & SupplierMSP' });
});

it('goes on offer while issuer and bank are suspended: old paper is passed on', async () => {
  const suspended = all(...(['issuer', 'bank'] as const).map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await codeOf(suspended(scene))).toBe('taken');
});
