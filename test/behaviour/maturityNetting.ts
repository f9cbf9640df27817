/** A maturity run nets before it presents: it agrees, commits and hands over what it may, leaves the rest locked, and says whom each batch waits for. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchIdOf, maturityRun, type MaturityOptions, type MaturitySummary, type Tenor } from '@tenor/client';
import {
  agree,
  allocate,
  approve,
  attest as attestLeg,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  type Money,
} from '../support/batches.js';
import { attest, giveMandate, issue, split } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { PaymentSystem } from '../support/paymentSystem.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { recordOf, viewsOf } from './dealBooks.js';

/** A slice that is given back to its issuer for money. */
interface Netting {
  readonly sliceId: string;
  readonly legId: string;
  readonly money: Money;
  readonly legIds: readonly string[];
}

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldNetAtMaturity(open: OpenLedger): void {
  describe('a maturity run with slices that are netted', () => {
    let world: World;
    let certificateId = '';
    let slices: string[] = [];
    /** Of which the bank sees both legs; of which it sees its slice alone; and one that nobody approves. */
    let seen: Netting;
    let unseen: Netting;
    let forgotten: Netting;
    const payments = new PaymentSystem();
    const run = (changes: Partial<MaturityOptions> = {}): Promise<MaturitySummary> =>
      maturityRun(world.forgetful('bank'), { dueOn: DUE, payments, ...changes });
    const msp = (name: PartyName): string => world.people(name).mspId;
    const waiting = ({ netted }: MaturitySummary): Readonly<Record<string, unknown>> =>
      Object.fromEntries(netted.left.map(({ batchId, reason, waitsFor }) => [batchId, [reason, waitsFor]]));
    const idOf = ({ legIds }: Netting): string => batchIdOf(legIds);
    const stateOf = async ({ sliceId }: Netting): Promise<string> =>
      (await recordOf(world, 'bank', 'slice', sliceId)).state;

    async function netting(
      sliceId: string,
      amount: string,
      payerBank: PartyName,
      payeeBank: PartyName,
    ): Promise<Netting> {
      const said = { what: 'CREDIT', from: 'issuer', to: 'supplier', currency: 'USD' } as const;
      const money = moneyLeg(world, { ...said, payerBank, payeeBank, amount });
      const legId = world.newId('bank', 'supplier');
      const legIds = [legId, money.legId];
      const back = { sliceId, legId, to: 'issuer', inReturn: money.legId } as const;
      await allocate(world, 'supplier', back, legIds, { what: 'SURRENDER', nets: true });
      await instruct(world, money, legIds, { nets: true });
      return { sliceId, legId, money, legIds };
    }
    async function pay({ money }: Netting): Promise<void> {
      const payment = paymentOf(money);
      await report(world, money.payerBank, payment);
      await attestLeg(world, money.payeeBank, payment);
    }

    beforeAll(async () => {
      world = await World.found(await open());
      const issued = await issue(world, '1000');
      ({ certificateId } = issued);
      slices = await split(world, issued.sliceId, ['400', '100', '50', '450']);
      await giveMandate(world, 'supplier', { payeeBank: LEI.secondBank });
      const [first = '', second = '', third = ''] = slices;
      seen = await netting(first, '400', 'bank', 'secondBank');
      unseen = await netting(second, '100', 'secondBank', 'thirdBank');
      forgotten = await netting(third, '50', 'bank', 'secondBank');
    });
    afterAll(() => world.close());

    it('told to stop, agrees nothing', async () => {
      expect(waiting(await run({ signal: AbortSignal.abort() }))).toEqual({
        [idOf(seen)]: ['STOPPED', undefined],
        [idOf(unseen)]: ['LEGS_UNSEEN', undefined],
        [idOf(forgotten)]: ['STOPPED', undefined],
      });
    });

    it('says who has not approved, and agrees what all have approved', async () => {
      await approve(world, 'supplier', seen.legIds);
      expect(waiting(await run())[idOf(seen)]).toEqual(['NOT_APPROVED', msp('issuer')]);
      await approve(world, 'issuer', seen.legIds);
      const steps: string[] = [];
      const summary = await run({ onNetting: ({ step }) => steps.push(step) });
      expect([summary.netted.agreed, summary.netted.committed, steps]).toEqual([1, 0, ['agree']]);
      expect(waiting(summary)[idOf(seen)]).toEqual(['NOT_PROVEN', msp('secondBank')]);
      // What is locked for a batch is not presented; what is free is not due yet.
      expect(summary.left.flatMap(({ sliceIds }) => sliceIds)).toEqual(slices.slice(3));
    });

    it('leaves it to a member to agree what it does not see, and goes on from there', async () => {
      for (const name of ['supplier', 'issuer'] as const) await approve(world, name, unseen.legIds);
      expect(waiting(await run())[idOf(unseen)]).toEqual(['LEGS_UNSEEN', undefined]);
      await agree(world, 'supplier', unseen.legIds);
      expect(waiting(await run())[idOf(unseen)]).toEqual(['NOT_PROVEN', msp('thirdBank')]);
      await pay(unseen);
      expect((await run()).netted).toMatchObject({ agreed: 0, committed: 1, slices: 1 });
      expect(await stateOf(unseen)).toBe('PAID');
    });

    it('commits and closes what was paid, in however many lives, also after the last day of the batch', async () => {
      await pay(seen);
      await world.moveTo(DUE);
      const steps: string[] = [];
      const dying = maturityRun(dyingAfterCommit(world.forgetful('bank')), { dueOn: DUE, payments });
      await expect(dying).rejects.toThrow('killed');
      expect(await stateOf(seen)).toBe('ALLOCATED');
      const summary = await run({ onNetting: ({ step }) => steps.push(step) });
      expect([steps, summary.netted]).toMatchObject([['complete'], { agreed: 0, committed: 0, slices: 1 }]);
      expect(await stateOf(seen)).toBe('PAID');
      expect(waiting(summary)).toMatchObject({ [idOf(forgotten)]: ['BATCH_EXPIRED', undefined] });
      expect(await stateOf(forgotten)).toBe('ALLOCATED');
      expect(payments.total).toBe(450n);
    });

    it('pays what came to nothing once its holder has released it, and nothing twice', async () => {
      const { sliceId, legId } = forgotten;
      await world.people('supplier').maker.slice.release({ sliceId, legId });
      expect((await run()).netted).toEqual({ agreed: 0, committed: 0, slices: 0, left: [] });
      expect(payments.total).toBe(500n);
      for (const { record } of await viewsOf(world.people('bank').checker, 'payment')) {
        const { id: uetr, presentmentId, currency, amount } = record;
        if (presentmentId === undefined) continue;
        const paid = { presentmentId, uetr, currency, amount };
        await attest(world, paid, undefined, { host: 'secondBank', party: LEI.secondBank });
      }
      expect((await run()).left).toEqual([]);
      expect(payments.total).toBe(500n);
      expect(await recordOf(world, 'bank', 'status', certificateId)).toMatchObject({ state: 'SETTLED' });
    });
  });
}

/** A client whose process is killed when a batch was committed, before it learns of it. */
function dyingAfterCommit(tenor: Tenor): Tenor {
  const commit: Tenor['batch']['commit'] = async (input) => {
    await tenor.batch.commit(input);
    throw new Error('killed');
  };
  const batch = new Proxy(tenor.batch, {
    get: (target, verb): unknown => (verb === 'commit' ? commit : Reflect.get(target, verb)),
  });
  return new Proxy(tenor, { get: (target, name): unknown => (name === 'batch' ? batch : Reflect.get(target, name)) });
}
