/** Batches whose peers and chaincodes are killed and started again between any two steps: they are completed and paid once, or all of it is released. */
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
import { LEI, START, World, type PartyName } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';

/** Everybody who has to do with the batches here. */
const PARTIES = ['bank', 'supplier', 'secondBank', 'thirdBank'] as const;
const PARTS = ['100', '100', '100', '100', '100', '100'];

/** A step: who takes it, and in whose books is what it writes. */
interface Step {
  readonly name: string;
  readonly by: PartyName;
  readonly keepers: readonly PartyName[];
  readonly act: () => Promise<unknown>;
}

interface Trade {
  readonly sliceId: string;
  readonly leg: string;
  readonly cash: Money;
  readonly legIds: readonly string[];
  /** Its steps in order. */
  readonly steps: readonly Step[];
}

/** What is killed between two steps, or before the first, or after the last one. */
type Losses = (
  last: Step | undefined,
  next: Step | undefined,
) => { readonly peers: readonly PartyName[]; readonly chaincodes: readonly PartyName[] };

/**
 * Who is killed between any two steps. `everybody` is the hardest. `whoHasToLose` is for real peers, each of which takes seconds to start: the peers that keep what the last step wrote, which has
 * to come back from their disks, and the chaincode of whoever takes the next step, which begins anew.
 */
export const LOSSES = {
  everybody: () => ({ peers: PARTIES, chaincodes: PARTIES }),
  whoHasToLose: (last, next) => ({ peers: last?.keepers ?? [], chaincodes: next === undefined ? [] : [next.by] }),
} as const satisfies Record<string, Losses>;

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldSurviveRestarts(open: OpenLedger, losses: Losses = LOSSES.everybody): void {
  describe('batches whose peers and chaincodes are killed between any two steps', () => {
    let world: World;
    let parts: string[] = [];
    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world, '600');
      parts = await split(world, sliceId, PARTS);
    });
    afterAll(() => world.close());

    async function kill(last: Step | undefined, next?: Step): Promise<void> {
      const { faults } = world.ledger;
      const organizationsOf = (names: readonly PartyName[]): string[] =>
        names.map((name) => world.people(name).organization);
      const { peers, chaincodes } = losses(last, next);
      for (const each of organizationsOf(peers)) await faults.stopPeer(each);
      for (const each of organizationsOf(chaincodes)) await faults.restartChaincode(each);
      await faults.startPeer(...organizationsOf(peers));
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
      const [bank, supplier, payer, payee] = PARTIES;
      const over = { sliceId, legId: leg };
      const steps: readonly Step[] = [
        { name: 'allocate', by: supplier, keepers: [bank], act: () => allocate(world, supplier, slice, legIds) },
        { name: 'instruct', by: payer, keepers: [payee], act: () => instruct(world, cash, legIds) },
        { name: 'approve', by: supplier, keepers: [supplier], act: () => approve(world, supplier, legIds) },
        { name: 'approve', by: payer, keepers: [payer], act: () => approve(world, payer, legIds) },
        { name: 'agree', by: supplier, keepers: [bank, payee], act: () => agree(world, supplier, legIds) },
        { name: 'report', by: payer, keepers: [payer], act: () => report(world, payer, payment) },
        { name: 'attest', by: payee, keepers: [payee], act: () => attest(world, payee, payment) },
        { name: 'commit', by: supplier, keepers: [bank, payee], act: () => commit(world, supplier, legIds) },
        { name: 'complete', by: payer, keepers: [bank], act: () => world.people(payer).checker.slice.complete(over) },
      ];
      return { sliceId, leg, cash, legIds, steps };
    }
    const sliceOf = ({ sliceId }: Trade): Promise<object> => recordOf(world, 'bank', 'slice', sliceId);

    it('are completed all the same, and paid once', async () => {
      const made = drawn();
      for (const [index, step] of made.steps.entries()) {
        await kill(made.steps[index - 1], step);
        expect([step.name, await outcome(step.act())]).toEqual([step.name, 'ok']);
      }
      await kill(made.steps.at(-1));
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
        const taken = made.steps.slice(0, steps);
        for (const { name, act } of taken) expect([name, await outcome(act())]).toEqual([name, 'ok']);
        await kill(taken.at(-1));
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
      await world.moveTo(START);
    });
  });
}
