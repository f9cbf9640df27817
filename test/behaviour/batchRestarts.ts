/** Batches whose peers, with the chaincode on them, are stopped and started again between any two steps: they are completed and paid once, or all of it is released. */
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

/** Everybody who has to do with the batches here. */
const PARTIES: readonly PartyName[] = ['bank', 'supplier', 'secondBank', 'thirdBank'];
const PARTS = ['100', '100', '100', '100', '100', '100'];

interface Trade {
  readonly sliceId: string;
  readonly leg: string;
  readonly cash: Money;
  readonly legIds: readonly string[];
  /** Its steps in order. */
  readonly steps: readonly (readonly [name: string, act: () => Promise<unknown>])[];
}

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldSurviveRestarts(open: OpenLedger): void {
  describe('batches whose peers are killed between any two steps', () => {
    let world: World;
    let parts: string[] = [];
    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world, '600');
      parts = await split(world, sliceId, PARTS);
    });
    afterAll(() => world.close());

    async function restart(): Promise<void> {
      const organizations = PARTIES.map((name) => world.people(name).organization);
      for (const each of organizations) await world.ledger.faults.stopPeer(each);
      for (const each of organizations) await world.ledger.faults.startPeer(each);
    }

    /** A slice of the supplier against money of the second bank, which comes to the third bank. */
    function drawn(): Trade {
      const cash = moneyLeg(world, {
        ...{ what: 'CREDIT', from: 'secondBank', to: 'supplier', payerBank: 'secondBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount: '97' },
      });
      const [leg, sliceId] = [world.newId('bank', 'supplier'), parts.pop() ?? ''];
      const legIds = [leg, cash.legId];
      const payment = paymentOf(cash);
      const slice = { sliceId, legId: leg, to: 'secondBank' as const, inReturn: cash.legId };
      const steps: Trade['steps'] = [
        ['allocate', () => allocate(world, 'supplier', slice, legIds)],
        ['instruct', () => instruct(world, cash, legIds)],
        ['approve by the holder', () => approve(world, 'supplier', legIds)],
        ['approve by the payer', () => approve(world, 'secondBank', legIds)],
        ['agree', () => agree(world, 'supplier', legIds)],
        ['report', () => report(world, 'secondBank', payment)],
        ['attest', () => attest(world, 'thirdBank', payment)],
        ['commit', () => commit(world, 'supplier', legIds)],
        ['complete', () => world.people('secondBank').checker.slice.complete({ sliceId, legId: leg })],
      ];
      return { sliceId, leg, cash, legIds, steps };
    }
    const sliceOf = ({ sliceId }: Trade): Promise<object> => recordOf(world, 'bank', 'slice', sliceId);

    it('are completed all the same, and paid once', async () => {
      const made = drawn();
      for (const [name, act] of made.steps) {
        await restart();
        expect([name, await outcome(act())]).toEqual([name, 'ok']);
      }
      await restart();
      expect(await sliceOf(made)).toMatchObject({ state: 'FREE', holder: LEI.secondBank });
      const again = paymentOf(made.cash);
      expect(await outcome(report(world, 'secondBank', again))).not.toBe('ok');
      expect(await outcome(attest(world, 'thirdBank', again))).toBe('STATE');
      const over = { sliceId: made.sliceId, legId: made.leg };
      expect(await outcome(world.people('supplier').checker.slice.complete(over))).not.toBe('ok');
    });

    it('lock nothing after their last day, at whatever step they were left before money was sent', async () => {
      const left: Trade[] = [];
      for (let steps = 1; steps <= 5; steps++) {
        const made = drawn();
        for (const [name, act] of made.steps.slice(0, steps))
          expect([name, await outcome(act())]).toEqual([name, 'ok']);
        await restart();
        left.push(made);
      }
      await world.moveTo('2026-12-16');
      expect(world.date > BATCH_END).toBe(true);
      for (const made of left) {
        const { sliceId, leg: legId } = made;
        expect(await outcome(world.people('supplier').checker.slice.release({ sliceId, legId }))).toBe('ok');
        expect(await sliceOf(made)).toMatchObject({ state: 'FREE', holder: LEI.supplier, lock: null });
        expect(await outcome(report(world, 'secondBank', paymentOf(made.cash)))).not.toBe('ok');
      }
    });
  });
}
