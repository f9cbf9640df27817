/** A holder takes its mandate back alone, whatever became of its banks. */
import { describe, expect, it } from '@jest/globals';
import { CONTRACTOR, MANDATE, MSP } from '../support/facts.js';
import { all, callerOf, codeOf, gone, on, party, record, sceneOf } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { revoke } from './revoke.case.js';

const scene = sceneOf(
  'mandate:revoke',
  callerOf('supplier', ['maker']),
  { mandateId: MANDATE.id },
  { shown: [MANDATE] },
);

describeCommand({
  of: revoke,
  scene,
  books: [],
  unvouched: [
    ['OPENING_MISMATCH', 'the mandate names another register', record('mandate', { holderMsp: MSP.contractor })],
    ['PARTY_ROLE', 'the mandate names a holder of another organisation', record('mandate', { holder: CONTRACTOR })],
  ],
  rules: [],
  writes: gone('mandate', MANDATE.id, MSP.supplier, 'with its restored copy'),
});

describe('it is taken back', () => {
  it('after its last day', async () => {
    expect(await codeOf(on('2029-01-01')(scene))).toBe('taken');
  });

  it('where the bank lost its role and moved', async () => {
    const moved = party('bank', { roles: ['supplier'], mspId: MSP.otherBank, status: 'SUSPENDED' });
    expect(await codeOf(all(moved)(scene))).toBe('taken');
  });
});
