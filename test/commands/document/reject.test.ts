/** The bank clears its book of a claim that nobody confirmed. */
import { expect, it } from '@jest/globals';
import { MSP, RESERVATION, unsaltedOf } from '../support/facts.js';
import { callerOf, codeOf, on, party, put, record, sceneOf } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { ENDABLE_RESERVATION_ROWS, LOST_ROLES } from '../support/vouching.js';
import { reject } from './reject.case.js';

const scene = sceneOf(
  'document:reject',
  callerOf('bank', ['maker', 'checker']),
  { reservationId: RESERVATION.id },
  { shown: [RESERVATION] },
);

describeCommand({
  of: reject,
  scene,
  unvouched: ENDABLE_RESERVATION_ROWS,
  rules: [['STATE', 'it was confirmed before', record('reservation', { state: 'CONFIRMED' }), { state: 'CONFIRMED' }]],
  writes: put('reservation', RESERVATION.id, unsaltedOf(RESERVATION, { state: 'REJECTED' }), { in: [MSP.bank] }),
});

it('can be done at any time, whoever is suspended', async () => {
  expect(await codeOf(on('2028-01-01')(scene))).toBe('taken');
  for (const name of ['issuer', 'bank', 'supplier'] as const)
    expect(await codeOf(party(name, { status: 'SUSPENDED' })(scene))).toBe('taken');
});

it.each(LOST_ROLES)('can be done %s: it only ends what was begun', async (_what, lost) => {
  expect(await codeOf(lost(scene))).toBe('taken');
});
