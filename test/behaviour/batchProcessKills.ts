/** Batches whose clients are processes of their own and are killed (SIGKILL) in every step: the next process goes on with the journal that it finds on the disk. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientProcesses } from '../support/clientProcesses.js';
import { issue } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World } from '../support/world.js';
import { discountOf, expectPaidOnce } from './batchClientKills.js';
import { outcome, recordOf } from './dealBooks.js';

/** The suite on `wide`, or on the part of it that it needs, where peers are processes of their own too. */
export function shouldSurviveKilledProcesses(open: OpenLedger): void {
  describe('batches whose client processes are killed', () => {
    let world: World;
    let clients: ClientProcesses;
    beforeAll(async () => {
      world = await World.found(await open());
      clients = new ClientProcesses(world);
    });
    afterAll(async () => {
      await clients.close();
      await world.close();
    });

    it('are completed and paid once by the processes that come after', async () => {
      const { sliceId } = await issue(world, '100');
      const { steps, cash } = discountOf(world, sliceId);
      for (const [call, act] of steps) expect([call, await outcome(act(clients.world))]).toEqual([call, 'ok']);
      expect([clients.calls, clients.deathsOfEach]).toEqual([steps.length, 2]);
      expect(clients.pending()).toEqual([]);
      expect(await recordOf(world, 'bank', 'slice', sliceId)).toMatchObject({ state: 'FREE', holder: LEI.secondBank });
      await expectPaidOnce(world, cash);
    });
  });
}
