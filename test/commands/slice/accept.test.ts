/** An offered slice is taken over, in whole and by whom it was offered to. */
import { expect, it } from '@jest/globals';
import {
  CONTRACTOR,
  MSP,
  OFFER_END,
  OFFERED_SLICE,
  SLICE,
  SUPPLIER,
  TERMS,
  TODAY,
  TRANSFER_LOCK,
  unsaltedOf,
} from '../support/facts.js';
import { all, callerOf, codeOf, on, party, put, record, sceneOf, writtenBy } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, OFFERED_SLICE_ROWS } from '../support/vouching.js';
import { NOT_OFFERED_ROWS } from './offered.js';
import { accept } from './accept.case.js';

const scene = sceneOf(
  'slice:accept',
  callerOf('contractor', ['maker', 'checker']),
  { sliceId: SLICE.id, transferId: TRANSFER_LOCK.id },
  {
    shown: [OFFERED_SLICE, TERMS],
  },
);
const taken = { holder: CONTRACTOR, holderMsp: MSP.contractor, tier: 1 };

describeCommand({
  of: accept,
  scene,
  books: NOT_OFFERED_ROWS,
  unvouched: OFFERED_SLICE_ROWS,
  rules: [
    ['STATE', 'the slice is paid, with its old lock', record('slice', { state: 'PAID', lock: LONG_LOCK })],
    ['OFFER_LAPSED', 'the offer lapsed', on('2026-12-16')],
    ['DUE_REACHED', 'the payment date has come', record('terms', { paymentDate: TODAY })],
    [
      'PARTY_ROLE',
      'the transferee is neither supplier nor bank any more',
      party('contractor', { roles: ['issuer', 'operator'] }),
    ],
  ],
  writes: put('slice', SLICE.id, unsaltedOf(SLICE, taken), {
    in: [MSP.bank],
    copies: [MSP.contractor],
    policy: 'BankMSP & ContractorMSP',
  }),
});

it('is open on the last day of the offer', async () => {
  expect(await codeOf(on(OFFER_END)(scene))).toBe('taken');
});

it('is refused where the transferee moved to another organisation than the offer names', async () => {
  expect(await codeOf(party('contractor', { mspId: MSP.otherBank })(scene))).toBe('CALLER_NOT_ALLOWED');
});

it('is taken over while issuer, bank and the former holder are suspended: old paper is passed on', async () => {
  const suspended = all(
    ...(['issuer', 'bank', 'supplier'] as const).map((name) => party(name, { status: 'SUSPENDED' })),
  );
  expect(await codeOf(suspended(scene))).toBe('taken');
});

it('ends the list of those who answer for the slice: who passes it on by an offer does not', async () => {
  const recourse = record('slice', { liable: [{ party: SUPPLIER, mspId: MSP.supplier }] });
  const written = await writtenBy(recourse(scene));
  expect(written[`${MSP.bank} own/slice/${SLICE.id}`]?.record).toEqual(unsaltedOf(SLICE, taken));
});
