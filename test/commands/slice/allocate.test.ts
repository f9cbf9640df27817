/** A whole slice is locked for a batch: under four eyes, by the holder, for one receiver and until a date. */
import { expect, it } from '@jest/globals';
import {
  ALLOCATED_SLICE,
  BATCH_END,
  coverOf,
  CREDIT_LEG,
  OTHER_LEG_ID,
  SETTLEMENT_LOCK,
  SLICE_LEG,
  writtenRow,
} from '../support/batchFacts.js';
import {
  CONTRACTOR,
  DUE,
  idOf,
  MSP,
  OFFERED_SLICE,
  presented,
  PRESENTMENT,
  SLICE,
  SUPPLIER,
  TERMS,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import { batchIdOf } from '../support/relinked.js';
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
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, SLICE_ROWS } from '../support/vouching.js';
import { allocate } from './allocate.case.js';

const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const legId = idOf('bank', 'supplier', 'new-leg');
const legIds = [CREDIT_LEG.id, legId];
const scene = sceneOf(
  'slice:allocate',
  callerOf('supplier', ['checker']),
  { sliceId: SLICE.id, legId, legIds, ticketId },
  { secret: { receiver: CONTRACTOR, expiresOn: BATCH_END, inReturn: CREDIT_LEG.id }, shown: [SLICE, TERMS] },
);

const leg = unsaltedOf(SLICE_LEG, { id: legId, batchId: batchIdOf(legIds), legIds: [legId, CREDIT_LEG.id] });
const readers = [MSP.supplier, MSP.contractor];
const APART = 'BankMSP & (ContractorMSP & OtherBankMSP | SupplierMSP)';
const sliceWith = (lock: object, policy: string): Written =>
  put('slice', SLICE.id, unsaltedOf(ALLOCATED_SLICE, { lock: { ...SETTLEMENT_LOCK, id: legId, ...lock } }), {
    ...{ in: [MSP.bank], copies: readers, policy },
  });

describeCommand({
  of: allocate,
  scene,
  books: [
    ['ID_FOREIGN', 'the leg is drawn by another', request({ legId: idOf('bank', 'contractor', 'leg') })],
    ['ID_FOREIGN', 'the leg is drawn for another bank', request({ legId: idOf('otherBank', 'supplier', 'leg') })],
    ['ID_TAKEN', 'there is a leg of that id', taken(MSP.bank, 'leg', legId), { kind: 'leg', id: legId }],
    [
      'ID_TAKEN',
      'there is a cover of that id',
      all(taken(MSP.bank, 'cover', legId), request({ legIds: [legId] })),
      { kind: 'cover', id: legId },
    ],
  ],
  unvouched: SLICE_ROWS,
  loose: [
    ['BATCH_SIZE', 'the leg is alone', request({ legIds: [legId] })],
    ['LEG_FOREIGN', 'the batch is without the leg', request({ legIds: [CREDIT_LEG.id, OTHER_LEG_ID] })],
  ],
  rules: [
    ['LEG_FOREIGN', 'it would be paid by the leg itself', secret({ inReturn: legId })],
    ['LEG_FOREIGN', 'it would be paid by a leg of another batch', secret({ inReturn: OTHER_LEG_ID })],
    ['STATE', 'the slice is on offer', record('slice', { state: 'OFFERED', lock: LONG_LOCK })],
    ['STATE', 'the slice is allocated already', record('slice', { state: 'ALLOCATED', lock: SETTLEMENT_LOCK })],
    ['STATE', 'the slice is presented', instead(presented(PRESENTMENT))],
    ['STATE', 'the slice was split', record('slice', { state: 'SPENT' })],
    ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
    ['DUE_REACHED', 'the payment date has come', on(DUE), { certificateId: TERMS.id }],
    [
      'PARTY_ROLE',
      'the receiver is neither supplier nor bank',
      all(secret({ receiver: CONTRACTOR }), party('contractor', { roles: ['issuer', 'operator', 'regulator'] })),
      { role: 'supplier|bank' },
    ],
    [
      'PARTY_ROLE',
      'the receiver is suspended',
      all(secret({ receiver: CONTRACTOR }), party('contractor', { status: 'SUSPENDED' })),
    ],
    ['SELF_TRANSFER', 'the receiver is the holder', secret({ receiver: SUPPLIER })],
    ['TIER_EXCEEDED', 'the slice has passed through as many hands as the terms allow', record('slice', { tier: 2 })],
    ['OFFER_EXPIRY', 'it would expire yesterday', secret({ expiresOn: YESTERDAY })],
    ['OFFER_EXPIRY', 'it would expire on the payment date', secret({ expiresOn: DUE })],
  ],
  writes: {
    ...put('leg', legId, leg, { in: [MSP.bank], copies: readers, policy: 'BankMSP & SupplierMSP' }),
    ...put('cover', legId, coverOf(writtenRow(leg, { what: 'SLICE', receiverMsp: MSP.contractor })), {
      in: [MSP.bank],
    }),
    ...sliceWith({}, APART),
    [`${MSP.contractor} shown/terms/${MSP.bank}/${TERMS.id}`]: { record: unsaltedOf(TERMS) },
    ...gone('ticket', ticketId, MSP.supplier),
  },
  enters: [MSP.contractor],
});

it.each(['2026-11-23', '2027-03-14'])('may expire on %s', async (expiresOn) => {
  expect(await codeOf(secret({ expiresOn })(scene))).toBe('taken');
});

it('may go to a bank, and once more where the terms leave one more hand', async () => {
  expect(await codeOf(party('contractor', { roles: ['bank'] })(scene))).toBe('taken');
  expect(await codeOf(record('slice', { tier: 1 })(scene))).toBe('taken');
});

it('locks a slice whose offer lapsed', async () => {
  const lapsed = all(instead(OFFERED_SLICE), on('2026-12-16'), secret({ expiresOn: '2026-12-16' }));
  expect(await writtenBy(lapsed(scene))).toMatchObject(sliceWith({}, APART));
});

it.each([
  ['the bank of the slice', idOf('bank', 'contractor', 'leg')],
  ['the holder', idOf('supplier', 'contractor', 'leg')],
  ['the receiver', idOf('contractor', 'contractor', 'leg')],
])('asks the holder to sign where %s itself would prove that it is paid', async (_who, inReturn) => {
  const written = await writtenBy(all(secret({ inReturn }), request({ legIds: [legId, inReturn] }))(scene));
  const { proverMsp: _none, ...lock } = { ...SETTLEMENT_LOCK, id: legId };
  expect(written[`${MSP.bank} own/slice/${SLICE.id}`]).toEqual({
    ...{ record: unsaltedOf(ALLOCATED_SLICE, { lock }), policy: 'BankMSP & SupplierMSP' },
  });
});

it('is taken while issuer and bank are suspended: old paper is passed on', async () => {
  const suspended = all(...(['issuer', 'bank'] as const).map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await codeOf(suspended(scene))).toBe('taken');
});
