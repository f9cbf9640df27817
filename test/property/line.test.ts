/** In whatever order confirmations, automatic submits, refusals and payments come, a line is never exceeded and its drawn amount is right. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BookRecord, Line } from '../../chaincode/src/protocol/records/index.js';
import { MemoryWorld, mspOf } from './support/memoryWorld.js';
import { claim, draft, openLine, submitted } from '../commands/support/steps.js';
import { digestOf } from './support/books.js';
import { race, type Finish, type Racer } from './support/race.js';
import { runs } from './support/report.js';

const LIMIT = 1000n;
const AMOUNTS = [100, 150, 200, 250, 300, 350];

interface Stage {
  readonly world: MemoryWorld;
  readonly lineId: string;
  /** Submitted, to be confirmed by hand. */
  readonly waiting: readonly string[];
  /** Drafted, to be confirmed by their submit. */
  readonly drafted: readonly string[];
}

let stage: Stage;
beforeAll(async () => {
  const world = await MemoryWorld.found();
  const lineId = await openLine(world, LIMIT.toString(), true);
  const waiting: string[] = [];
  for (const amount of [...AMOUNTS, ...AMOUNTS]) waiting.push(await submitted(world, String(amount)));
  const drafted: string[] = [];
  for (const amount of AMOUNTS)
    drafted.push(await draft(world, await claim(world, world.reference(), String(amount)), String(amount)));
  stage = { world, lineId, waiting, drafted };
});

/** Everything that draws or frees the line, each by its own client. */
function racersOf(world: MemoryWorld, { lineId, waiting, drafted }: Stage): Racer[] {
  const confirm = (certificateIds: string[]): Racer => {
    const input = { certificateIds, lineId, ticketId: world.id('bank') };
    let isPrepared = false;
    return {
      name: `confirm ${String(certificateIds.length)}`,
      endorse: async () => {
        if (!isPrepared) await world.prepare('bank', 'certificate:confirm', input);
        isPrepared = true;
        return world.endorse('bank', 'checker', 'certificate:confirm', input);
      },
    };
  };
  const [first = '', second = '', ...rest] = waiting;
  return [
    ...rest.map((certificateId) => confirm([certificateId])),
    confirm([first, second]),
    confirm([first]),
    ...drafted.map((certificateId) => ({
      name: 'submit',
      endorse: () => world.endorse('issuer', 'checker', 'certificate:submit', { certificateId, lineId }),
    })),
    ...[first, ...rest.slice(0, 3)].map((certificateId) => ({
      name: 'reject',
      endorse: () => world.endorse('bank', 'maker', 'certificate:reject', { certificateId }),
    })),
    ...rest.slice(0, 3).map((certificateId) => ({
      name: 'unwind',
      endorse: () => world.endorse('bank', 'maker', 'certificate:unwind', { certificateId }),
    })),
  ];
}

/** What stands confirmed and neither paid nor unwound, counted from the roots; the line has to say the same, in both books. */
function assertLine(world: MemoryWorld): void {
  const bank = mspOf('bank');
  const line = world.ledger.records(bank, 'line')[0] as unknown as Line;
  const copy = world.ledger.records(mspOf('issuer'), 'line', 'shown')[0];
  const faces = new Map(
    world.ledger.records(bank, 'face').map((face) => [face['id'], BigInt(face['amount'] as string)]),
  );
  const unwound = new Set(
    world.ledger
      .records(bank, 'status')
      .filter(({ state }) => state === 'UNWOUND')
      .map(({ id }) => id),
  );
  const confirmations = world.ledger.records(bank, 'confirmation') as unknown as BookRecord<'confirmation'>[];
  const drawn = confirmations
    .filter(({ id, outcome }) => outcome === 'CONFIRMED' && !unwound.has(id))
    .reduce((sum, { id }) => sum + (faces.get(id) ?? 0n), 0n);
  expect(BigInt(line.utilised)).toBe(drawn);
  expect(drawn <= LIMIT).toBe(true);
  expect(copy).toEqual(line);
}

async function run(turns: readonly number[]): Promise<{ readonly finished: Finish[]; readonly digest: string }> {
  const world = stage.world.clone();
  const finished = await race(world, racersOf(world, stage), turns, () => {
    assertLine(world);
  });
  return { finished, digest: digestOf(world) };
}

const turns = fc.array(fc.nat({ max: 1000 }), { minLength: 40, maxLength: 80 });

describe('a line under concurrent draws', () => {
  it('carries what stands confirmed, and never more than its limit', async () => {
    const property = fc.asyncProperty(turns, async (order) => {
      const { finished } = await run(order);
      // Whoever did not get through was told why, by its own code.
      expect(new Set(finished.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
      for (const { name, outcome } of finished) {
        const codes = {
          confirm: /^(committed|LINE_EXCEEDED|CONFIRMATION_EXISTS)$/,
          submit: /^(committed|LINE_EXCEEDED)$/,
          reject: /^(committed|CONFIRMATION_EXISTS)$/,
          unwind: /^(committed|NOT_FOUND|STATE)$/,
        };
        expect(outcome).toMatch(codes[name.split(' ')[0] as keyof typeof codes]);
      }
    });
    await fc.assert(property, runs(12));
  });

  it('ends where the same order always ends', async () => {
    const property = fc.asyncProperty(turns, async (order) => {
      expect(await run(order)).toEqual(await run(order));
    });
    await fc.assert(property, runs(4));
  });

  it('really is raced for: draws on one line that are endorsed together commit one after the other', async () => {
    const { finished } = await run([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(finished.reduce((sum, { lost }) => sum + lost, 0)).toBeGreaterThan(5);
  });
});
