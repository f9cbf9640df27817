/** Batches while a peer is stopped: what goes on without it goes on, and what cannot waits and goes on when it is back. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agree,
  allocate,
  approve,
  attest,
  BATCH_END,
  commit,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  type Money,
} from '../support/batches.js';
import { issue, split } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';

/** A slice of the supplier against money of the second bank, which comes to the third bank. */
interface Trade {
  readonly sliceId: string;
  readonly slice: string;
  readonly cash: Money;
  readonly legIds: readonly string[];
}

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldSurviveStoppedPeers(open: OpenLedger): void {
  describe('batches with a peer stopped', () => {
    let world: World;
    let parts: string[] = [];
    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world, '300');
      parts = await split(world, sliceId, ['100', '100', '100']);
    });
    afterAll(() => world.close());

    async function without(names: readonly PartyName[], act: () => Promise<void>): Promise<void> {
      for (const name of names) await world.ledger.faults.stopPeer(world.people(name).organization);
      try {
        await act();
      } finally {
        await world.ledger.faults.startPeer(...names.map((name) => world.people(name).organization));
      }
    }
    async function approved(): Promise<Trade> {
      const slice = world.newId('bank', 'supplier');
      const cash = moneyLeg(world, {
        ...{ what: 'CREDIT', from: 'secondBank', to: 'supplier', payerBank: 'secondBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount: '97' },
      });
      const [sliceId, legIds] = [parts.pop() ?? '', [slice, cash.legId]];
      await allocate(world, 'supplier', { sliceId, legId: slice, to: 'secondBank', inReturn: cash.legId }, legIds);
      await instruct(world, cash, legIds);
      await approve(world, 'supplier', legIds);
      await approve(world, 'secondBank', legIds);
      return { sliceId, slice, cash, legIds };
    }
    const sliceOf = ({ sliceId }: Trade): Promise<object> => recordOf(world, 'bank', 'slice', sliceId);

    it('agreeing and committing wait for a stopped register, and the buyer takes over without the holder', async () => {
      const made = await approved();
      await without(['thirdBank'], async () => {
        expect(await outcome(agree(world, 'supplier', made.legIds))).toMatch(/^(UNAVAILABLE|REFUSED_BY_NETWORK)$/);
      });
      await agree(world, 'supplier', made.legIds);
      const payment = paymentOf(made.cash);
      await report(world, 'secondBank', payment);
      await attest(world, 'thirdBank', payment);
      await without(['thirdBank'], async () => {
        expect(await outcome(commit(world, 'supplier', made.legIds))).toMatch(/^(UNAVAILABLE|REFUSED_BY_NETWORK)$/);
      });
      await commit(world, 'supplier', made.legIds);
      await without(['supplier'], async () => {
        const over = { sliceId: made.sliceId, legId: made.slice, books: 'register' as const };
        await world.people('secondBank').checker.slice.complete(over);
      });
      expect(await sliceOf(made)).toMatchObject({ state: 'FREE', holder: LEI.secondBank });
    });

    it('what has expired is released while every other register is stopped', async () => {
      const made = await approved();
      await agree(world, 'supplier', made.legIds);
      await world.moveTo('2026-12-16');
      expect(world.date > BATCH_END).toBe(true);
      await without(['secondBank', 'thirdBank'], async () => {
        await world.people('supplier').checker.slice.release({ sliceId: made.sliceId, legId: made.slice });
      });
      expect(await sliceOf(made)).toMatchObject({ state: 'FREE', holder: LEI.supplier, lock: null });
      expect(await outcome(report(world, 'secondBank', paymentOf(made.cash)))).toBe('NOT_ALLOCATED');
    });
  });
}
