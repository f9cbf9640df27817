/**
 * A walk through a deal that passes every command once, in an order in which each is valid when its turn comes.
 * Suites stop at each step to try what must fail, and then take it. Who, which books and which kinds are written by hand.
 */
import type { Change } from '@tenor/client';
import type { World } from '../support/world.js';
import { foundersOf, type Notes, type Step, type Way } from './dealStep.js';
import { issueSteps } from './dealWalkIssue.js';
import { settleSteps } from './dealWalkSettle.js';
import { sliceSteps } from './dealWalkSlices.js';

function registrySteps({ world }: Way): Step[] {
  let proposalId = '';
  const rename = (): Change => {
    const { party, mspId } = world().people('operator');
    const renamed = { id: party, name: 'Platform', mspId, roles: ['operator' as const] };
    return { kind: 'party', party: { ...renamed, sme: false, status: 'ACTIVE' } };
  };
  return [
    {
      ...{ name: 'registry:adopt', by: ['operator', 'admin'], books: ['operator'], writes: ['founding'] },
      ready: () => Promise.resolve({ request: { founders: foundersOf(world()) } }),
    },
    {
      ...{ name: 'registry:bootstrap', by: ['bank', 'admin'], writes: ['founding'] },
      ready: () => Promise.resolve({ request: { founders: foundersOf(world()) } }),
    },
    {
      ...{ name: 'registry:propose', by: ['bank', 'admin'], writes: ['founding'] },
      ready: () => {
        proposalId = world().newId('bank');
        return Promise.resolve({ request: { proposalId, changes: [rename()] } });
      },
    },
    {
      ...{ name: 'registry:approve', by: ['issuer', 'admin'], writes: ['founding'] },
      ready: () => Promise.resolve({ request: { proposalId } }),
    },
  ];
}

/** The operator's organisation leaves: nobody else comes after it on the walk. */
function departureSteps({ world }: Way): Step[] {
  return [
    {
      ...{ name: 'registry:preserve', by: ['bank', 'admin'], writes: ['founding'] },
      ready: async () => {
        const { mspId } = world().people('operator');
        await world().decide([{ kind: 'departure', departure: { mspId, state: 'LEAVING' } }]);
        return { request: { mspId, items: [{ kind: 'founding', id: 'channel' }] } };
      },
    },
  ];
}

/** The walk: registry, issue, slices, settlement, and somebody who leaves. */
export function walk(world: () => World): readonly Step[] {
  const way: Way = { world, notes: {} as Notes };
  return [...registrySteps(way), ...issueSteps(way), ...sliceSteps(way), ...settleSteps(way), ...departureSteps(way)];
}
