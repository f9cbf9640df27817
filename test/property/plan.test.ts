/** A plan that leaves the comparison with the registers to the endorsers, and the hashes that it still looks up. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan } from '../../chaincode/src/protocol/results.js';
import { issued, openLine, submitted } from '../commands/support/steps.js';
import { LEI, MemoryWorld, outcomeOf, type PartyName, type User } from './support/memoryWorld.js';
import type { Simulation } from './support/memoryLedger.js';

interface Asked {
  readonly party: PartyName;
  readonly user: User;
  readonly command: string;
  readonly request: object;
  readonly secret?: object;
}

let world: MemoryWorld;

beforeAll(async () => {
  world = await MemoryWorld.found();
});

const plan = (
  { party, user, command, request, secret }: Asked,
  check: 'all' | 'refusals' | undefined,
): Promise<Simulation> =>
  world.ledger.simulate({
    creator: world.creator(party, user),
    name: 'command:plan',
    argument: JSON.stringify({ command, request, ...(check === undefined ? {} : { check }) }),
    transient: new Map([
      ['seed', new Uint8Array(32).fill(7)],
      ...(secret === undefined ? [] : ([['private', Buffer.from(JSON.stringify(secret))]] as const)),
    ]),
  });

const hashesRead = ({ reads }: Simulation): string[] => [...reads.keys()].filter((key) => key.startsWith('_implicit'));

const splitOf = (sliceId: string): Asked => ({
  ...{ party: 'supplier', user: 'checker', command: 'slice:split' },
  request: { sliceId, partIds: [world.id('bank', 'supplier'), world.id('bank', 'supplier')] },
  secret: { amounts: ['40000', '60000'] },
});

describe('a plan that checks refusals only', () => {
  it('asks for no hash, and names the openings and endorsers that a plan names which asks for all', async () => {
    const { sliceId } = await issued(world, '100000');
    const asked = splitOf(sliceId);
    const [all, few] = [await plan(asked, 'all'), await plan(asked, 'refusals')];
    expect(hashesRead(all).length).toBeGreaterThan(0);
    expect(hashesRead(few)).toEqual([]);
    expect(JSON.parse(few.answer)).toEqual(JSON.parse(all.answer));
  });

  it('does so for many at once', async () => {
    const lineId = await openLine(world, '30000');
    const certificateIds = [await submitted(world, '10000'), await submitted(world, '20000')];
    const request = { certificateIds, lineId, ticketId: world.id('bank') };
    await world.prepare('bank', 'certificate:confirm', request);
    const asked: Asked = { party: 'bank', user: 'checker', command: 'certificate:confirm', request };
    const [all, few] = [await plan(asked, 'all'), await plan(asked, 'refusals')];
    expect(hashesRead(few)).toEqual([]);
    expect(JSON.parse(few.answer)).toEqual(JSON.parse(all.answer));
  });

  it('leaves a superseded copy to the endorsers, who refuse it', async () => {
    const { sliceId } = await passedOn('2026-12-01');
    await world.moveTo('2026-12-02'); // by the supplier's own copy its offer has lapsed
    const asked = splitOf(sliceId);
    const { transient, endorsingOrganizations = [] } = JSON.parse((await plan(asked, 'refusals')).answer) as Plan;
    const call = {
      ...{ creator: world.creator('supplier', 'checker'), name: asked.command },
      argument: JSON.stringify(asked.request),
      transient: new Map(Object.entries(transient).map(([field, value]) => [field, Buffer.from(value, 'base64')])),
    };
    expect(await outcomeOf(world.propose(call, endorsingOrganizations))).toBe('OPENING_MISMATCH');
    expect(await outcomeOf(plan(asked, undefined))).toBe('OPENING_MISMATCH');
  });

  it('checks before it refuses: a superseded copy is named, not what its old state would forbid', async () => {
    const { sliceId } = await passedOn('2026-12-10');
    expect(await outcomeOf(plan(splitOf(sliceId), 'refusals'))).toBe('OPENING_MISMATCH');
  });
});

/** A slice that the supplier passed on: its own copy still says that it is offered. */
async function passedOn(expiresOn: string): Promise<{ readonly sliceId: string }> {
  const { sliceId } = await issued(world, '100000');
  const transfer = {
    sliceId,
    transferId: world.reference(),
    ticketId: world.id('supplier'),
    transferee: LEI.contractor,
    expiresOn,
  };
  await world.actWithTicket('supplier', 'slice:offer', transfer);
  const { transferId } = transfer;
  await world.act('contractor', 'checker', 'slice:accept', { sliceId, transferId });
  return { sliceId };
}
