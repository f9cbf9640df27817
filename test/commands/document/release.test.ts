/** A claim that no certificate uses is given up, so that the document can be claimed anew. */
import { expect, it } from '@jest/globals';
import { CLAIM, changed, idOf, MSP, PAPER, RESERVATION } from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  gone,
  instead,
  party,
  record,
  sceneOf,
  writtenBy,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { dealRows, LOST_ROLES } from '../support/vouching.js';
import { release } from './release.case.js';

const scene = sceneOf(
  'document:release',
  callerOf('issuer', ['maker', 'checker']),
  { claimId: CLAIM.id, reservationId: RESERVATION.id },
  { shown: [CLAIM] },
);
const FREED: Written = {
  ...gone('claim', CLAIM.id, MSP.bank, 'with its restored copy'),
  ...gone('paper', PAPER.id, MSP.bank, 'with its restored copy'),
};
const credits = [{ documentHash: 'cd'.repeat(32), amount: '1' }];

describeCommand({
  of: release,
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
      'DOCUMENT_USED',
      'a certificate has one unit of it',
      record('claim', { allocations: [{ certificateId: idOf('bank', 'issuer', 'certificate'), amount: '1' }] }),
      { claimId: CLAIM.id },
    ],
    ['DOCUMENT_CREDITED', 'a credit note was counted', record('claim', { credits }), { claimId: CLAIM.id }],
  ],
  writes: FREED,
});

it('with credit notes is given up by the bank alone, because they are forgotten with it', async () => {
  const byBank = as(callerOf('bank', ['maker']));
  expect(await writtenBy(byBank(instead(changed(CLAIM, { credits }))(scene)))).toEqual(FREED);
});

it('can be done by the bank as well, and by an issuer that is suspended', async () => {
  expect(await codeOf(as(callerOf('bank', ['maker']))(scene))).toBe('taken');
  expect(await codeOf(as(callerOf('supplier', ['maker', 'checker']))(scene))).toBe('CALLER_NOT_ALLOWED');
  expect(await codeOf(party('issuer', { status: 'SUSPENDED' })(scene))).toBe('taken');
});

it.each(LOST_ROLES)('can be done by bank and issuer %s: it only ends what was begun', async (_what, lost) => {
  expect(await codeOf(lost(scene))).toBe('taken');
  expect(await codeOf(all(lost, as(callerOf('bank', ['maker'])))(scene))).toBe('taken');
});
