/** A pledgee takes what was not redeemed in time: after the last day of the pledge, and not for ever. */
import { expect, it } from '@jest/globals';
import { SETTLEMENT_LOCK } from '../support/batchFacts.js';
import { changed, idOf, MSP, OTHER_BANK, SLICE, SUPPLIER, TERMS, unsaltedOf } from '../support/facts.js';
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
  writtenBy,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, SLICE_ROWS } from '../support/vouching.js';
import { realise } from './realise.case.js';

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const LAST_DAY = '2027-01-15';
const lock = {
  ...{ kind: 'PLEDGE' as const, id: idOf('bank', 'supplier', 'leg', 7), counterparty: OTHER_BANK },
  ...{ counterpartyMsp: MSP.otherBank as string, expiresOn: LAST_DAY },
};
const PLEDGED = changed(SLICE, { state: 'PLEDGED', lock });
const scene = sceneOf(
  'slice:realise',
  callerOf('otherBank', ['checker']),
  { sliceId: SLICE.id, ticketId },
  { shown: [PLEDGED, TERMS], date: '2027-01-16' },
);
const written = (...copies: string[]): Written => ({
  ...put('slice', SLICE.id, unsaltedOf(SLICE, { holder: OTHER_BANK, holderMsp: MSP.otherBank, tier: 1 }), {
    ...{ in: [MSP.bank], copies, policy: 'BankMSP & OtherBankMSP' },
  }),
  ...gone('ticket', ticketId, MSP.otherBank),
});

describeCommand({
  of: realise,
  party: 'otherBank',
  scene,
  unvouched: SLICE_ROWS,
  loose: [
    ['STATE', 'the slice is free', instead(SLICE), { state: 'FREE', sliceId: SLICE.id }],
    ['STATE', 'the slice is on offer', record('slice', { state: 'OFFERED', lock: LONG_LOCK })],
    ['STATE', 'the slice is to go back to its holder', record('slice', { state: 'ALLOCATED', lock: SETTLEMENT_LOCK })],
  ],
  rules: [
    ['STATE', 'the slice is paid', record('slice', { state: 'PAID' }), { state: 'PAID', sliceId: SLICE.id }],
    ['STATE', 'the pledgee did nothing for more than 30 days', on('2027-02-15')],
    ['PLEDGE_OPEN', 'the holder can redeem it today', on(LAST_DAY), { sliceId: SLICE.id }],
  ],
  writes: written(MSP.otherBank, MSP.supplier),
});

it('is possible for 30 days', async () => {
  expect(await codeOf(on('2027-02-14')(scene))).toBe('taken');
});

it('leaves the copy of a silent holder as it is', async () => {
  expect(await writtenBy(request({ books: 'register' })(scene))).toEqual(written(MSP.otherBank));
});

it('ends the list of those who answer for the slice: they sold it, and did not pledge it', async () => {
  const recourse = record('slice', { liable: [{ party: SUPPLIER, mspId: MSP.supplier }] });
  expect(await writtenBy(recourse(scene))).toEqual(written(MSP.otherBank, MSP.supplier));
});

it('is refused to the holder and to the bank of the slice', async () => {
  for (const name of ['supplier', 'bank'] as const)
    expect(await codeOf(all(redrawnBy(MSP[name]), as(callerOf(name, ['checker'])))(scene))).toBe('CALLER_NOT_ALLOWED');
});

it('counts one more hand, also where it is the last, whoever was suspended since', async () => {
  const names = ['bank', 'issuer', 'supplier', 'otherBank'] as const;
  const suspended = all(...names.map((name) => party(name, { status: 'SUSPENDED' })), record('slice', { tier: 2 }));
  expect((await writtenBy(suspended(scene)))[`${MSP.bank} own/slice/${SLICE.id}`]).toMatchObject({
    record: { tier: 3 },
  });
});
