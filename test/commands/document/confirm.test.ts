/** Whoever knows the document says that it is right, and from then on it is claimed. */
import { expect, it } from '@jest/globals';
import { CLAIM, CONTRACTOR, MSP, PAPER, PARTY, RESERVATION, SUPPLIER, unsaltedOf } from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  on,
  party,
  put,
  record,
  registered,
  request,
  sceneOf,
  taken,
  writtenBy,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { RESERVATION_ROWS } from '../support/vouching.js';
import { confirm } from './confirm.case.js';

const { id } = RESERVATION;
const scene = sceneOf(
  'document:confirm',
  callerOf('bank', ['checker']),
  { reservationId: id },
  { shown: [RESERVATION] },
);
const claimed = (changes: Partial<typeof CLAIM.record>, ...copies: string[]): Written => ({
  ...put('claim', CLAIM.id, unsaltedOf(CLAIM, changes), { in: [MSP.bank], copies }),
  ...put('paper', PAPER.id, unsaltedOf(PAPER), { in: [MSP.bank] }),
  ...put('reservation', id, unsaltedOf(RESERVATION, { state: 'CONFIRMED' }), { in: [MSP.bank] }),
});
/** The seller's checker instead of the bank's. */
const bySeller = as(callerOf('supplier', ['checker']));

describeCommand({
  of: confirm,
  scene,
  books: [
    [
      'DOCUMENT_CLAIMED',
      'another bank was faster',
      taken(MSP.otherBank, 'claim', CLAIM.id),
      { kind: 'claim', id: CLAIM.id, mspId: MSP.otherBank },
    ],
    ['DOCUMENT_CLAIMED', 'this bank has it', taken(MSP.bank, 'claim', CLAIM.id)],
    [
      'DOCUMENT_KNOWN',
      'another bank has the file',
      taken(MSP.otherBank, 'paper', PAPER.id),
      { kind: 'paper', id: PAPER.id, mspId: MSP.otherBank },
    ],
  ],
  unvouched: RESERVATION_ROWS,
  loose: [
    ['PARTY_ROLE', 'no bank is registered at all', registered('banks', undefined), {}],
    [
      'SAME_ORGANIZATION',
      "the seller confirms in the issuer's own organisation",
      all(
        bySeller,
        as({ mspId: MSP.issuer }),
        party('supplier', { mspId: MSP.issuer }),
        record('reservation', { sellerMsp: MSP.issuer }),
      ),
      { mspId: MSP.issuer },
    ],
    ['RESERVATION_LAPSED', 'it is to be claimed in future only', record('reservation', { reservedOn: '2026-11-24' })],
  ],
  rules: [
    ['STATE', 'it was confirmed before', record('reservation', { state: 'CONFIRMED' }), { state: 'CONFIRMED' }],
    ['STATE', 'it was rejected', record('reservation', { state: 'REJECTED' }), { state: 'REJECTED' }],
    ['PARTY_ROLE', 'the issuer is suspended', party('issuer', { status: 'SUSPENDED' }), { role: 'issuer' }],
    ['PARTY_ROLE', 'the seller is suspended', party('supplier', { status: 'SUSPENDED' }), { role: 'supplier' }],
    ['RESERVATION_LAPSED', 'it was claimed 31 days ago', record('reservation', { reservedOn: '2026-10-23' })],
  ],
  writes: claimed({}, MSP.issuer),
});

it('can be done on the thirtieth day', async () => {
  expect(await codeOf(record('reservation', { reservedOn: '2026-10-24' })(scene))).toBe('taken');
  expect(await codeOf(on('2026-12-23')(scene))).toBe('taken');
});

it('leaves out the copy of an issuer that does not answer', async () => {
  expect(await writtenBy(request({ books: 'register' })(scene))).toEqual(claimed({}));
});

it('can be done by the seller, who keeps a copy, and by nobody else for it', async () => {
  const own = { confirmedBy: SUPPLIER };
  expect(await writtenBy(bySeller(scene))).toEqual(claimed(own, MSP.supplier, MSP.issuer));
  expect(await writtenBy(all(bySeller, request({ books: 'register' }))(scene))).toEqual(claimed(own, MSP.supplier));
  const another = as({ operator: { duties: ['checker'], parties: [CONTRACTOR] } });
  expect(await codeOf(all(bySeller, another)(scene))).toBe('CALLER_NOT_ALLOWED');
  expect(await codeOf(as(callerOf('issuer', ['checker']))(scene))).toBe('CALLER_NOT_ALLOWED');
});

it('is not done by a seller that is suspended, whoever else may be at work', async () => {
  expect(await codeOf(all(bySeller, party('supplier', { status: 'SUSPENDED' }))(scene))).toBe('PARTY_SUSPENDED');
  expect(PARTY.supplier.status).toBe('ACTIVE');
});
