/** Whatever races, a slice that its holder has sold to be settled at once is bought once, and paid for once, or stays with its holder. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Input } from '../../client/src/input.js';
import type { Leg } from '../../chaincode/src/protocol/records/index.js';
import { takeUp } from '../commands/support/financingSteps.js';
import { issued } from '../commands/support/steps.js';
import { transferInput } from '../deal/inputs.js';
import { slicesOf } from './support/books.js';
import { LEI, MemoryWorld, mspOf } from './support/memoryWorld.js';
import { race, type Racer } from './support/race.js';
import { runs } from './support/report.js';

let founded: MemoryWorld;
beforeAll(async () => {
  founded = await MemoryWorld.found();
});

const turns = fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 40 });

describe('a slice of which two quotes are accepted to be settled at once', () => {
  it('is settled once, or goes another way, whoever comes first', async () => {
    const stage = founded.clone();
    const { sliceId } = await issued(stage, '91827364');
    const quotes = [await takeUp(stage, sliceId), await takeUp(stage, sliceId)];
    const [one, other] = quotes.map(({ requestId }) => requestId);
    const calls: Input<'financing:settle'>[] = [];
    // Two clients of the bank, each with a ticket of its own, and one for the other quote.
    for (const requestId of [one, one, other]) {
      const input = { requestId: requestId ?? '', ticketId: stage.id('bank') };
      await stage.prepare('bank', 'financing:settle', input);
      calls.push(input);
    }
    const offer = transferInput(stage, sliceId);
    await stage.prepare('supplier', 'slice:offer', offer);
    const partIds = [stage.id('bank', 'supplier'), stage.id('bank', 'supplier')];
    const split = { sliceId, partIds, amounts: ['1', '91827363'] };
    const racersOn = (world: MemoryWorld): Racer[] => [
      ...calls.map((input) => ({
        name: 'settle',
        endorse: () => world.endorse('bank', 'checker', 'financing:settle', input),
      })),
      { name: 'offer', endorse: () => world.endorse('supplier', 'checker', 'slice:offer', offer) },
      { name: 'split', endorse: () => world.endorse('supplier', 'maker', 'slice:split', split) },
    ];
    const property = fc.asyncProperty(turns, async (order) => {
      const world = stage.clone();
      const legs = (what: Leg['what']): number =>
        world.ledger.records(mspOf('bank'), 'leg').filter((leg) => leg['what'] === what).length;
      const finished = await race(world, racersOn(world), order, () => {
        const bought = slicesOf(world).filter(({ holder }) => holder === LEI.bank).length;
        expect([legs('SLICE'), legs('BLOCK'), world.ledger.records(mspOf('bank'), 'outcome').length]).toEqual([
          ...[bought, bought, bought],
        ]);
        expect(bought).toBeLessThanOrEqual(1);
      });
      const committed = finished.filter(({ outcome }) => outcome === 'committed').map(({ name }) => name);
      expect(committed).toHaveLength(1);
    });
    await fc.assert(property, runs(25));
  });
});
