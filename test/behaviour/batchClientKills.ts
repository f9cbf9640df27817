/**
 * Batches whose clients are killed in every call of every step. With the journal or without it, the next client takes the same step again, and the batch is completed
 * and paid once. If nobody takes it again, nothing is locked in the end, and whoever comes back later changes nothing any more.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agree,
  allocate,
  approve,
  attest,
  commit,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  underFourEyes,
  type Money,
} from '../support/batches.js';
import { issue, split } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { MOMENTS, MortalClients, type Lives, type Moment } from '../support/mortalClients.js';
import { LEI, START, World } from '../support/world.js';
import { outcome, recordOf, viewsOf } from './dealBooks.js';

/** A step, and the call in it that matters. */
type Step = readonly [call: string, act: (world: World) => Promise<unknown>];

interface Discount {
  readonly kind: 'discount';
  readonly sliceId: string;
  readonly legId: string;
  readonly cash: Money;
  readonly money: readonly Money[];
  readonly legIds: readonly string[];
  readonly steps: readonly Step[];
  /** How many calls they are, with those that prepare tickets. */
  readonly calls: number;
}

interface Exchange {
  readonly kind: 'exchange';
  readonly money: readonly Money[];
  readonly steps: readonly Step[];
  /** How many calls they are, with those that prepare tickets. */
  readonly calls: number;
}

/** A slice of the supplier against money of the second bank, which comes to the third bank. */
export function discountOf(world: World, sliceId: string): Discount {
  const cash = moneyLeg(world, {
    ...{ what: 'CREDIT', from: 'secondBank', to: 'supplier', payerBank: 'secondBank', payeeBank: 'thirdBank' },
    ...{ currency: 'USD', amount: '97' },
  });
  const legId = world.newId('bank', 'supplier');
  const legIds = [legId, cash.legId];
  const payment = paymentOf(cash);
  const slice = { sliceId, legId, to: 'secondBank', inReturn: cash.legId } as const;
  const steps: readonly Step[] = [
    ['cash:instruct', (by) => instruct(by, cash, legIds)],
    ['slice:allocate', (by) => allocate(by, 'supplier', slice, legIds)],
    ['batch:approve', (by) => approve(by, 'supplier', legIds)],
    ['batch:approve', (by) => approve(by, 'secondBank', legIds)],
    ['batch:agree', (by) => agree(by, 'supplier', legIds)],
    ['payment:report', (by) => report(by, 'secondBank', payment)],
    ['payment:attest', (by) => attest(by, 'thirdBank', payment)],
    ['batch:commit', (by) => commit(by, 'supplier', legIds)],
    ['slice:complete', (by) => by.people('secondBank').checker.slice.complete({ sliceId, legId })],
  ];
  return { kind: 'discount', sliceId, legId, cash, money: [cash], legIds, steps, calls: 14 };
}

/** Dollars of the supplier against renminbi of the contractor, each blocked at the payer's bank. */
function exchangeOf(world: World): Exchange {
  const usd = moneyLeg(world, {
    ...{ what: 'BLOCK', from: 'supplier', to: 'contractor', payerBank: 'secondBank', payeeBank: 'thirdBank' },
    ...{ currency: 'USD', amount: '100' },
  });
  const cny = moneyLeg(world, {
    ...{ what: 'BLOCK', from: 'contractor', to: 'supplier', payerBank: 'thirdBank', payeeBank: 'secondBank' },
    ...{ currency: 'CNY', amount: '714' },
  });
  const legIds = [usd.legId, cny.legId];
  const paid = [usd, cny].flatMap((money): Step[] => {
    const payment = paymentOf(money);
    return [
      ['payment:report', (by) => report(by, money.payerBank, payment, 'ACCC')],
      ['payment:attest', (by) => attest(by, money.payeeBank, payment)],
    ];
  });
  const steps: readonly Step[] = [
    ['cash:instruct', (by) => instruct(by, usd, legIds)],
    ['cash:instruct', (by) => instruct(by, cny, legIds)],
    ['batch:approve', (by) => approve(by, 'supplier', legIds)],
    ['batch:approve', (by) => approve(by, 'contractor', legIds)],
    ['cash:block', (by) => underFourEyes(by, 'secondBank', 'cash:block', { legId: usd.legId })],
    ['cash:block', (by) => underFourEyes(by, 'thirdBank', 'cash:block', { legId: cny.legId })],
    ['batch:commit', (by) => commit(by, 'supplier', legIds, 'from its sheet')],
    ...paid,
  ];
  return { kind: 'exchange', money: [usd, cny], steps, calls: 19 };
}

/** A client that is killed and does not come back for long: when, and in which step of its batch. */
type Leaving = readonly [dies: 'endorsed' | 'sent', at: number];
const leavingEach = (steps: number): readonly Leaving[] =>
  (['endorsed', 'sent'] as const).flatMap((dies) => Array.from({ length: steps }, (_, at): Leaving => [dies, at]));

/** Which batches are completed by whoever comes after a client that was killed in each of its calls, and at which steps batches are left by everybody. */
interface Kills {
  readonly completed: readonly {
    readonly dies: Moment;
    readonly how: keyof typeof REMEMBERS;
    readonly of: readonly ('discount' | 'exchange')[];
  }[];
  readonly left: { readonly discount: readonly Leaving[]; readonly exchange: readonly Leaving[] };
}
const REMEMBERS = { 'with its journal': true, 'without it': false } as const;

/**
 * Who is killed. `everybody` is what the rule says: in every call, at every moment. `whomPeersAnswer` is for real peers, where each call takes a part of a second. Of the moments it takes those
 * in which peers have a part of their own: they are given what was signed before, once more what is on its way to them or what they have committed already, and, without a journal, other bytes
 * under the same ids at the same moment. What was not yet sent, and what was noted, only the client knows, which is the same program everywhere. Of the batches that everybody leaves it takes one for each
 * thing that the holder is told who wants its slice back, and the two on either side of the commitment of what was blocked.
 */
export const CLIENT_KILLS = {
  everybody: {
    completed: MOMENTS.flatMap((dies) => [
      { dies, how: 'with its journal', of: ['discount', 'exchange'] },
      { dies, how: 'without it', of: ['discount', 'exchange'] },
    ]),
    left: { discount: leavingEach(9), exchange: leavingEach(7) },
  },
  whomPeersAnswer: {
    completed: [
      { dies: 'endorsed', how: 'with its journal', of: ['discount'] },
      { dies: 'sent', how: 'with its journal', of: ['exchange'] },
      { dies: 'committed', how: 'with its journal', of: ['discount'] },
      { dies: 'sent', how: 'without it', of: ['discount'] },
    ],
    left: {
      discount: [
        ['endorsed', 4], // allocated, and not agreed: the slice comes back
        ['sent', 5], // the payer's bank says that it pays: the slice waits until the payee's bank denies it
        ['endorsed', 7], // the money came: the batch is completed
        ['sent', 7], // and here it was committed
      ],
      exchange: [
        ['endorsed', 6],
        ['sent', 6],
      ],
    },
  },
} as const satisfies Record<string, Kills>;

/** Whether what a killed client sent takes effect although nobody takes the step again. */
const IS_ON_ITS_WAY: Readonly<Record<Moment, boolean>> = {
  'before the plan': false,
  endorsed: false,
  sent: true,
  committed: true,
  'noted as done': true,
};

/** What is told to a client without a journal that takes a step which is in effect: it makes other bytes under the same ids. A report under way may be written anew. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  'cash:instruct': ['ID_TAKEN'],
  'slice:allocate': ['ID_TAKEN'],
  'batch:approve': ['APPROVAL_EXISTS'],
  'batch:agree': ['OUTCOME_EXISTS'],
  'payment:report': ['ok', 'STATE'],
  'payment:attest': ['UETR_USED'],
  'batch:commit': ['STATE'],
  'slice:complete': ['STATE'],
  'cash:block': ['STATE'],
};
/**
 * What it may be told besides, where the first one is on its way still. The ticket may be found used just before what it was used for is in the books. The plan may not have seen
 * the payment that endorsers have.
 */
const TOLD_AT_ONCE: Readonly<Record<string, readonly string[]>> = { 'payment:report': ['UETR_USED'] };
const toldAgain = (call: string, dies: Moment): readonly string[] => [
  ...(TOLD[call] ?? []),
  ...(dies === 'sent' ? ['NOT_FOUND', ...(TOLD_AT_ONCE[call] ?? [])] : []),
];

/** The day after the last day of the batches, and the one on which the payee's bank may say that no money came. */
const [OVER, SILENT] = ['2026-12-16', '2026-12-23'];

/** What the holder is told that takes its slice back after the last day, by how many steps are in effect. */
const RELEASED = [
  ...['NOT_FOUND', 'NOT_FOUND', 'ok', 'ok', 'ok', 'ok'],
  ...['FUNDS_SENT', 'FUNDS_SENT', 'OUTCOME_EXISTS', 'STATE'],
] as const;

/** What a bank is told that gives the money of a leg free after the last day. Where nothing was blocked, there is nothing to do. */
function unblocked(taken: number, leg: number): string {
  if (taken === 7) return 'OUTCOME_EXISTS';
  return taken > leg ? 'ok' : 'NOT_FOUND';
}

/** What is told to a client that comes back with a signed step which was never sent, by how many steps are in effect. */
const DISCOUNT_TOO_LATE = [
  ...['TICKET_EXPIRED', 'TICKET_EXPIRED', 'NOT_ALLOCATED', 'NOT_ALLOCATED', 'NOT_ALLOCATED', 'NOT_ALLOCATED'],
  ...['STATE', 'STATE', 'STATE'],
] as const;
const EXCHANGE_TOO_LATE = [...Array<string>(6).fill('TICKET_EXPIRED'), 'NOT_PROVEN'];

/** A batch that everybody left when a client was killed. */
interface Left<Batch> {
  readonly batch: Batch;
  /** How many of its steps are in effect. */
  readonly taken: number;
  /** Whether the last of them was sent by the client that was killed. */
  readonly wasSent: boolean;
  /** The killed client comes back with its journal, and takes its step again. */
  readonly comeBack: () => Promise<string>;
}

/** How the books say that a leg was paid: payments of the payer's bank, credits of the payee's bank. */
async function paymentsOf(world: World, { legId, payerBank, payeeBank }: Money): Promise<readonly [number, number]> {
  const isOfLeg = ({ record }: { readonly record: object }): boolean => 'legId' in record && record.legId === legId;
  const said = await viewsOf(world.people(payerBank).checker, 'payment');
  const attested = await viewsOf(world.people(payeeBank).checker, 'attestation');
  return [said.filter(isOfLeg).length, attested.filter(isOfLeg).length];
}

/** Nobody can pay it a second time. */
export async function expectPaidOnce(world: World, money: Money): Promise<void> {
  expect(await paymentsOf(world, money)).toEqual([1, 1]);
  const again = paymentOf(money);
  expect(await outcome(report(world, money.payerBank, again))).not.toBe('ok');
  expect(await outcome(attest(world, money.payeeBank, again))).not.toBe('ok');
  expect(await paymentsOf(world, money)).toEqual([1, 1]);
}

/** Nobody can pay it any more. @param said how many payments its payer's bank reported, and none of them came */
async function expectUnpaid(world: World, money: Money, said = 0): Promise<void> {
  expect(await outcome(report(world, money.payerBank, paymentOf(money)))).not.toBe('ok');
  expect(await paymentsOf(world, money)).toEqual([said, 0]);
}

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldSurviveKilledClients(open: OpenLedger, kills: Kills = CLIENT_KILLS.everybody): void {
  describe('batches whose clients are killed', () => {
    let world: World;
    let parts: string[] = [];
    const killed: MortalClients[] = [];
    const part = (): string => parts.pop() ?? '';
    const mortals = (lives: Lives): MortalClients => {
      const made = new MortalClients(world, lives);
      killed.push(made);
      return made;
    };
    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world, '4000');
      parts = await split(world, sliceId, Array<string>(40).fill('100'));
    });
    afterAll(async () => {
      for (const each of killed) each.close();
      await world.close();
    });

    const sliceOf = ({ sliceId }: Discount): Promise<object> => recordOf(world, 'bank', 'slice', sliceId);
    const soldTo = { state: 'FREE', holder: LEI.secondBank, lock: null };
    const keptBy = { state: 'FREE', holder: LEI.supplier, lock: null };

    const draws = { discount: () => discountOf(world, part()), exchange: () => exchangeOf(world) } as const;

    it.each(kills.completed)(
      '($dies) are completed and paid once by who comes after, $how',
      async ({ dies, how, of }) => {
        const remembers = REMEMBERS[how];
        const batches = of.map((kind) => draws[kind]());
        for (const { steps, calls } of batches) {
          const clients = mortals({ dies, remembers });
          for (const [call, act] of steps) {
            const told = remembers || !IS_ON_ITS_WAY[dies] ? ['ok'] : toldAgain(call, dies);
            const said = await outcome(clients.take(act));
            expect([call, told.includes(said) ? 'as told' : said]).toEqual([call, 'as told']);
          }
          expect(clients.deaths).toBe(calls);
        }
        for (const batch of batches) {
          if (batch.kind === 'discount') expect(await sliceOf(batch)).toMatchObject(soldTo);
          for (const money of batch.money) await expectPaidOnce(world, money);
        }
      },
    );

    /** Leaves batches each in one of their steps, with and without effect of it. */
    async function leave<Batch extends { readonly steps: readonly Step[] }>(
      draw: () => Batch,
      leaving: readonly Leaving[],
    ): Promise<Left<Batch>[]> {
      const left: Left<Batch>[] = [];
      for (const [dies, at] of leaving) {
        const batch = draw();
        for (const [call, act] of batch.steps.slice(0, at))
          expect([call, await outcome(act(world))]).toEqual([call, 'ok']);
        const [during, act] = batch.steps[at] ?? ['', () => Promise.resolve()];
        const clients = mortals({ dies, remembers: true, during });
        expect(await clients.takeOnce(act)).toBe(false);
        const taken = dies === 'sent' ? at + 1 : at;
        left.push({ batch, taken, wasSent: dies === 'sent', comeBack: () => outcome(clients.takeOnce(act)) });
      }
      return left;
    }

    const release = ({ sliceId, legId }: Discount): Promise<string> =>
      outcome(world.people('supplier').checker.slice.release({ sliceId, legId }));

    /** What the others do, without the client that was killed, where the buyer's bank has said that it pays. */
    async function end({ batch, taken }: Left<Discount>): Promise<void> {
      const { sliceId, legId, legIds, cash } = batch;
      // The money never came.
      if (taken === 6) await underFourEyes(world, 'thirdBank', 'cash:deny', { legId: cash.legId });
      if (taken === 6) expect(await release(batch)).toBe('ok');
      // It came, and the buyer takes what it paid for.
      if (taken === 7) await commit(world, 'secondBank', legIds);
      if (taken === 7 || taken === 8) await world.people('secondBank').checker.slice.complete({ sliceId, legId });
    }

    it('lock no slice in the end where everybody stops, and whoever comes back later changes nothing', async () => {
      const left = await leave(draws.discount, kills.left.discount);
      await world.moveTo(OVER);
      for (const { batch, taken } of left) expect([taken, await release(batch)]).toEqual([taken, RELEASED[taken]]);
      await world.moveTo(SILENT);
      for (const each of left) await end(each);
      for (const { batch, taken, wasSent, comeBack } of left) {
        const before = await sliceOf(batch);
        expect(before).toMatchObject(taken < 7 ? keptBy : soldTo);
        expect([taken, await comeBack()]).toEqual([taken, wasSent ? 'ok' : DISCOUNT_TOO_LATE[taken]]);
        expect(await sliceOf(batch)).toEqual(before);
        if (taken < 7) await expectUnpaid(world, batch.cash, taken === 6 ? 1 : 0);
        else await expectPaidOnce(world, batch.cash);
      }
      await world.moveTo(START);
    });

    const isBlocked = ({ payerBank, legId }: Money): Promise<string> =>
      outcome(recordOf(world, payerBank, 'proof', legId, payerBank));
    async function expectGivenUp({ money }: Exchange): Promise<void> {
      for (const each of money) {
        expect(await isBlocked(each)).toBe('NOT_FOUND');
        await expectUnpaid(world, each);
      }
    }
    /** Both are ordered to be paid, and are. */
    async function expectPaying({ money, steps }: Exchange): Promise<void> {
      for (const each of money) expect(await isBlocked(each)).toBe('ok');
      for (const [call, act] of steps.slice(7)) expect([call, await outcome(act(world))]).toEqual([call, 'ok']);
      for (const each of money) await expectPaidOnce(world, each);
    }

    it('keep no money blocked in the end where everybody stops, and whoever comes back later blocks none', async () => {
      const left = await leave(draws.exchange, kills.left.exchange);
      const unblock = ({ payerBank, legId }: Money): Promise<string> =>
        outcome(world.people(payerBank).maker.cash.unblock({ legId }));
      await world.moveTo(OVER);
      for (const { batch, taken } of left)
        for (const [index, money] of batch.money.entries())
          expect([taken, await unblock(money)]).toEqual([taken, unblocked(taken, index)]);
      for (const { batch, taken, wasSent, comeBack } of left) {
        expect([taken, await comeBack()]).toEqual([taken, wasSent ? 'ok' : EXCHANGE_TOO_LATE[taken]]);
        await (taken < 7 ? expectGivenUp(batch) : expectPaying(batch));
      }
      await world.moveTo(START);
    });
  });
}
