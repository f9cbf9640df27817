/** Who leaves, and how far. */
import { describe, expect, it } from '@jest/globals';
import { departed, departureOf, leftIn, NO_DEPARTURES } from '../../../chaincode/src/domain/departures.js';
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import { codeOf } from '../protocol/support.js';

const STATES = ['MEMBER', 'LEAVING', 'LEFT'] as const;
const at = (state: (typeof STATES)[number]): typeof NO_DEPARTURES =>
  state === 'MEMBER' ? NO_DEPARTURES : departed(NO_DEPARTURES, { mspId: 'BMSP', state });

describe('a departure', () => {
  it.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))('goes from %s to %s', (from, to) => {
    const found = codeOf(() => departed(at(from), { mspId: 'BMSP', state: to }));
    if (from === to) expect(found).toBe('PROPOSAL_STALE');
    else expect(departureOf(departed(at(from), { mspId: 'BMSP', state: to }), 'BMSP') ?? 'MEMBER').toBe(to);
  });

  it('keeps the organisations in one order, whoever left first', () => {
    const three = ['CMSP', 'AMSP'].reduce((all, mspId) => departed(all, { mspId, state: 'LEFT' }), at('LEAVING'));
    expect(three.organizations.map(({ mspId }) => mspId)).toEqual(['AMSP', 'BMSP', 'CMSP']);
    expect([...leftIn(three)]).toEqual(['AMSP', 'CMSP']);
  });

  it('is refused where the list is full', () => {
    const organizations = Array.from({ length: LIMITS.departures }, (_, index) => ({
      mspId: `Bank${String(index)}MSP`,
      state: 'LEFT' as const,
    }));
    const full = { ...NO_DEPARTURES, organizations };
    expect(codeOf(() => departed(full, { mspId: 'BMSP', state: 'LEAVING' }))).toBe('REGISTRY_FULL');
    expect(departed(full, { mspId: 'Bank0MSP', state: 'MEMBER' }).organizations).toHaveLength(LIMITS.departures - 1);
  });
});
