/** A document is claimed through one bank, for somebody to confirm. */
import { expect, it } from '@jest/globals';
import { CLAIM, CONTRACTOR, idOf, MSP, PAPER, RESERVATION, SUPPLIER, unsaltedOf } from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  outcomeOf,
  party,
  put,
  registered,
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
} from '../support/scene.js';
import { enteredBy, placesIn } from '../support/places.js';
import { describeCommand } from '../support/table.js';
import { claim } from './claim.case.js';

const id = idOf('bank', 'issuer', 'new-reservation');
const { record } = RESERVATION;
const { type, number, issuedOn, seller, issuer, bank, currency, capacity, documentHash } = record;
const scene = sceneOf(
  'document:claim',
  callerOf('issuer', ['maker', 'checker']),
  { reservationId: id },
  { secret: { type, number, issuedOn, seller, issuer, bank, currency, capacity, documentHash } },
);
const written = (changes: Partial<typeof record>, ...copies: string[]): ReturnType<typeof put> =>
  put('reservation', id, unsaltedOf(RESERVATION, { id, ...changes }), { in: [MSP.bank], copies });

describeCommand({
  of: claim,
  scene,
  books: [
    ['ID_TAKEN', 'the id is taken', taken(MSP.bank, 'reservation', id)],
    [
      'DOCUMENT_CLAIMED',
      'this bank holds it',
      taken(MSP.bank, 'claim', CLAIM.id),
      { kind: 'claim', id: CLAIM.id, mspId: MSP.bank },
    ],
    [
      'DOCUMENT_CLAIMED',
      'another bank holds it',
      taken(MSP.otherBank, 'claim', CLAIM.id),
      { kind: 'claim', id: CLAIM.id, mspId: MSP.otherBank },
    ],
    [
      'DOCUMENT_KNOWN',
      'another bank took the file under another number',
      taken(MSP.otherBank, 'paper', PAPER.id),
      { kind: 'paper', id: PAPER.id, mspId: MSP.otherBank },
    ],
    ['DOCUMENT_KNOWN', 'this bank took the file', taken(MSP.bank, 'paper', PAPER.id)],
    [
      'ID_FOREIGN',
      'another organisation drew the id',
      request({ reservationId: id.replace(MSP.issuer, MSP.contractor) }),
    ],
  ],
  loose: [
    ['PARTY_ROLE', 'no bank is registered at all', registered('banks', undefined), {}],
    ['DOCUMENT_DATE', 'it was issued ten years and a day ago', secret({ issuedOn: '2016-11-22' })],
  ],
  rules: [
    ['PARTY_ROLE', 'the issuer is none', party('issuer', { roles: ['supplier', 'bank'] }), { role: 'issuer' }],
    ['PARTY_ROLE', 'the bank is none', party('bank', { roles: ['supplier', 'issuer'] }), { role: 'bank' }],
    ['PARTY_ROLE', 'the bank is suspended', party('bank', { status: 'SUSPENDED' })],
    ['PARTY_ROLE', 'the seller is none', party('supplier', { roles: ['issuer', 'bank'] }), { role: 'supplier' }],
    ['SAME_ORGANIZATION', 'issuer and bank live in one organisation', party('bank', { mspId: MSP.issuer })],
    ['ID_FOREIGN', 'the id names the book of another bank', party('bank', { mspId: MSP.otherBank })],
    ['DOCUMENT_DATE', 'it is issued tomorrow', secret({ issuedOn: '2026-11-24' })],
  ],
  writes: written({}, MSP.issuer, MSP.supplier),
  enters: [MSP.bank, MSP.supplier],
});

it('says so where a registered bank has left the channel', async () => {
  const left = registered('banks', { schema: 'tenor.banks/1', mspIds: [MSP.bank, 'LeftMSP'], active: [] });
  expect(await outcomeOf(left(scene))).toEqual({ refused: 'MSP_UNKNOWN', data: { mspId: 'LeftMSP' } });
});

it('takes a document that is issued today, or was ten years ago', async () => {
  expect(await codeOf(secret({ issuedOn: '2026-11-23' })(scene))).toBe('taken');
  expect(await codeOf(secret({ issuedOn: '2016-11-23' })(scene))).toBe('taken');
});

it('shows the seller nothing where its peer does not answer', async () => {
  const unseen = request({ books: 'register' })(scene);
  expect(await writtenBy(unseen)).toEqual(written({}, MSP.issuer));
  expect(await enteredBy(unseen)).toEqual(placesIn(unseen, [MSP.bank]));
});

it('keeps what the document says for whoever confirms it', async () => {
  const remarks = { payee: 'A factor', isCopy: true as const, replaces: ['INV-0'], prepaidAmount: '1' };
  expect(await writtenBy(secret({ remarks })(scene))).toEqual(written({ remarks }, MSP.issuer, MSP.supplier));
});

it('is not kept out by the file of another seller', async () => {
  const another = secret({ seller: CONTRACTOR });
  expect(await codeOf(all(taken(MSP.bank, 'paper', PAPER.id), another)(scene))).toBe('taken');
});

it('is another document in another year, of another number, kind or seller', async () => {
  const held = taken(MSP.bank, 'claim', CLAIM.id);
  expect(await codeOf(all(held, secret({ number: 'inv 1' }))(scene))).toBe('DOCUMENT_CLAIMED');
  expect(await codeOf(all(held, secret({ issuedOn: '2026-01-01' }))(scene))).toBe('DOCUMENT_CLAIMED');
  for (const other of [{ issuedOn: '2025-12-31' }, { number: 'INV-2' }, { type: 'CONTRACT' }])
    expect(await codeOf(all(held, secret(other))(scene))).toBe('taken');
  expect(SUPPLIER).toBe(seller);
});
