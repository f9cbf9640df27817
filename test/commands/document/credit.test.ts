/** Credit notes lower what a document can back, down to what certificates have of it. */
import { expect, it } from '@jest/globals';
import { CLAIM, changed, HASH, idOf, MSP, RESERVATION, unsaltedOf, USED_CLAIM } from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  instead,
  put,
  record,
  request,
  sceneOf,
  secret,
  writtenBy,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { dealRows } from '../support/vouching.js';
import { credit } from './credit.case.js';

const FILE = 'cd'.repeat(32);
const OTHER_FILE = 'ef'.repeat(32);
const scene = sceneOf(
  'document:credit',
  callerOf('issuer', ['maker', 'checker']),
  { claimId: CLAIM.id, reservationId: RESERVATION.id },
  { shown: [CLAIM], secret: { currency: 'USD', amount: '400', documentHash: FILE } },
);
const noted = (credits: { documentHash: string; amount: string }[], ...copies: string[]): Written =>
  put('claim', CLAIM.id, unsaltedOf(CLAIM, { credits }), { in: [MSP.bank], copies });

describeCommand({
  of: credit,
  scene,
  unvouched: dealRows('claim'),
  rules: [
    [
      'DOCUMENT_RECLAIMED',
      'the document was claimed again since',
      record('claim', { reservationId: idOf('bank', 'issuer', 'reservation', 2) }),
      { claimId: CLAIM.id },
    ],
    [
      'DOCUMENT_KNOWN',
      'the note was counted',
      record('claim', { credits: [{ documentHash: FILE, amount: '1' }] }),
      { claimId: CLAIM.id },
    ],
    ['CURRENCY_MISMATCH', 'it is in another currency', secret({ currency: 'CNY' })],
    ['DOCUMENT_CAPACITY', 'it is above what the document can back', secret({ amount: '1001' }), { claimId: CLAIM.id }],
  ],
  writes: noted([{ documentHash: FILE, amount: '400' }], MSP.issuer),
});

it('goes down to what certificates have of it, and not one unit below', async () => {
  const used = instead(USED_CLAIM)(scene); // 601 of 1000
  expect(await codeOf(secret({ amount: '399' })(used))).toBe('taken');
  expect(await codeOf(secret({ amount: '400' })(used))).toBe('DOCUMENT_CAPACITY');
});

it('marks no file, so that it keeps nobody from a document', async () => {
  const places = Object.keys(await writtenBy(secret({ documentHash: HASH })(scene)));
  expect(places).toEqual([`${MSP.bank} own/claim/${CLAIM.id}`, `${MSP.issuer} shown/claim/${MSP.bank}/${CLAIM.id}`]);
});

it('counts the notes before it', async () => {
  const credits = [{ documentHash: OTHER_FILE, amount: '700' }];
  const before = instead(changed(CLAIM, { credits }))(scene);
  expect(await codeOf(before)).toBe('DOCUMENT_CAPACITY');
  expect(await writtenBy(secret({ amount: '300' })(before))).toEqual(
    noted([...credits, { documentHash: FILE, amount: '300' }], MSP.issuer),
  );
});

it('has room for fifty notes', async () => {
  const notes = (count: number): { documentHash: string; amount: string }[] =>
    Array.from({ length: count }, (_, index) => ({ documentHash: String(index).padStart(64, '0'), amount: '1' }));
  const small = secret({ amount: '1' })(scene);
  expect(await codeOf(instead(changed(CLAIM, { credits: notes(49) }))(small))).toBe('taken');
  expect(await codeOf(instead(changed(CLAIM, { credits: notes(50) }))(small))).toBe('DOCUMENT_CAPACITY');
});

it('can be entered by the bank as well, for an issuer that does not answer', async () => {
  const byBank = all(as(callerOf('bank', ['maker'])), request({ books: 'register' }));
  expect(await writtenBy(byBank(scene))).toEqual(noted([{ documentHash: FILE, amount: '400' }]));
  expect(await codeOf(as(callerOf('supplier', ['maker']))(scene))).toBe('CALLER_NOT_ALLOWED');
  expect(HASH).not.toBe(FILE);
});
