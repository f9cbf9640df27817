/** An offered slice is given back. It costs nothing, and a silent holder cannot stall it. */
import { expect, it } from '@jest/globals';
import { MSP, OFFER_END, OFFERED_SLICE, SLICE, TERMS, TRANSFER_LOCK, unsaltedOf } from '../support/facts.js';
import { callerOf, codeOf, on, party, put, record, request, sceneOf, writtenBy } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, OFFERED_SLICE_ROWS } from '../support/vouching.js';
import { NOT_OFFERED_ROWS } from './offered.js';
import { decline } from './decline.case.js';

const scene = sceneOf(
  'slice:decline',
  callerOf('contractor', ['maker', 'checker']),
  { sliceId: SLICE.id, transferId: TRANSFER_LOCK.id },
  {
    shown: [OFFERED_SLICE, TERMS],
  },
);
const back = (...copies: string[]): ReturnType<typeof put> =>
  put('slice', SLICE.id, unsaltedOf(SLICE), { in: [MSP.bank], copies, policy: 'BankMSP & SupplierMSP' });

describeCommand({
  of: decline,
  scene,
  books: NOT_OFFERED_ROWS,
  unvouched: OFFERED_SLICE_ROWS,
  rules: [
    ['STATE', 'the slice is paid, with its old lock', record('slice', { state: 'PAID', lock: LONG_LOCK })],
    ['OFFER_LAPSED', 'the offer lapsed', on('2026-12-16')],
  ],
  writes: back(MSP.supplier, MSP.contractor),
});

it('leaves the copy of a holder that does not answer as it is', async () => {
  expect(await writtenBy(request({ books: 'register' })(scene))).toEqual(back(MSP.contractor));
});

it('is open on the last day, and needs no role: who wants no slice can always say so', async () => {
  expect(await codeOf(on(OFFER_END)(scene))).toBe('taken');
  expect(await codeOf(party('contractor', { status: 'SUSPENDED', roles: ['operator'] })(scene))).toBe('taken');
});
