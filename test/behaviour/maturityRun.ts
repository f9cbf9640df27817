/**
 * The maturity run of a bank: it presents, has paid, discharges and redeems all that is due, wherever it was stopped before. Suppliers keep their
 * accounts at two other banks.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  maturityRun,
  type MaturityOptions,
  type MaturitySummary,
  type PaymentInstruction,
  type Tenor,
} from '@tenor/client';
import { attest, giveMandate, issue, present, split, transfer, type Issued } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { PaymentSystem } from '../support/paymentSystem.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, refusal, viewsOf } from './dealBooks.js';

const FACE = 60_000;
/** What the supplier passes on to the contractor. */
const PASSED_ON = 3;

/** Certificates that are due, and who pays for them. */
class Maturity {
  readonly world: World;
  readonly payments = new PaymentSystem();
  readonly issued: Issued[] = [];
  faces = 0n;

  private constructor(world: World) {
    this.world = world;
  }

  /** A world at the payment date: one certificate for each number, split into so many parts, some passed on. */
  static async open(open: OpenLedger, ...parts: readonly number[]): Promise<Maturity> {
    const maturity = new Maturity(await World.found(await open()));
    const { world } = maturity;
    for (const count of parts) await maturity.#issue(count);
    await giveMandate(world, 'supplier', { payeeBank: LEI.secondBank });
    await giveMandate(world, 'contractor', { payeeBank: LEI.thirdBank });
    await world.moveTo(DUE);
    return maturity;
  }

  async #issue(count: number): Promise<void> {
    const issued = await issue(this.world, String(FACE));
    const amounts = Array.from({ length: count }, () => String(FACE / count));
    const ids = await split(this.world, issued.sliceId, amounts);
    for (const id of ids.slice(0, PASSED_ON)) await transfer(this.world, id);
    this.issued.push(issued);
    this.faces += BigInt(FACE);
  }

  run(changes: Partial<MaturityOptions> = {}, tenor: Tenor = this.world.forgetful('bank')): Promise<MaturitySummary> {
    return maturityRun(tenor, { dueOn: DUE, payments: this.payments, ...changes });
  }

  /** Runs while a peer is stopped. */
  async runWithout(name: PartyName): Promise<MaturitySummary> {
    const { faults } = this.world.ledger;
    const { organization } = this.world.people(name);
    await faults.stopPeer(organization);
    try {
      return await this.run();
    } finally {
      await faults.startPeer(organization);
    }
  }

  /** The banks of the payees attest whatever came in and is not attested, less a charge. */
  async attestAll(charge = 0n): Promise<void> {
    const { checker } = this.world.people('bank');
    const done = new Set((await viewsOf(checker, 'attestation')).map(({ id }) => id));
    for (const { record } of await viewsOf(checker, 'payment')) {
      const { id: uetr, presentmentId, currency } = record;
      const amount = (BigInt(record.amount) - charge).toString();
      if (presentmentId === undefined || record.status !== 'ACCC' || done.has(uetr)) continue;
      const { holder } = await recordOf(this.world, 'bank', 'presentment', presentmentId);
      const host = holder === LEI.supplier ? 'secondBank' : 'thirdBank';
      await attest(this.world, { presentmentId, uetr, currency, amount }, undefined, { host, party: LEI[host] });
    }
  }

  /** How many due slices are in which state, in the register: those that were merged are counted one by one. */
  async states(): Promise<Readonly<Record<string, number>>> {
    const { checker, mspId } = this.world.people('bank');
    const slices = (await viewsOf(checker, 'slice')).flatMap((view) =>
      view.register === mspId && view.current ? [view.record] : [],
    );
    const wholes = (await viewsOf(checker, 'consolidation')).flatMap(({ record }) => record.wholes);
    const counts: Record<string, number> = {};
    for (const { id, state } of slices) {
      if (state === 'SPENT') continue;
      const merged = wholes.find((whole) => whole.id === id)?.sliceIds.length ?? 1;
      counts[state] = (counts[state] ?? 0) + merged;
    }
    return counts;
  }

  /** Each presentment was sent one payment, and together they are the faces. */
  expectPaidOnce(): void {
    const { sent, total } = this.payments;
    expect(new Set(sent.map(({ presentmentId }) => presentmentId)).size).toBe(sent.length);
    expect(total).toBe(this.faces);
  }

  async expectSettled(): Promise<void> {
    for (const { certificateId } of this.issued)
      expect(await recordOf(this.world, 'bank', 'status', certificateId)).toMatchObject({ state: 'SETTLED' });
  }
}

const reasons = ({ left }: MaturitySummary): string[] =>
  [...new Set(left.map(({ step, reason }) => `${step}: ${reason}`))].sort();

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldRunToMaturity(open: OpenLedger): void {
  describe('a maturity run', () => {
    describe('of two certificates with two holders', () => {
      let due: Maturity;
      beforeAll(async () => {
        due = await Maturity.open(open, 50, 10);
      });
      afterAll(() => due.world.close());

      it('presents and pays all of it, and says which proofs it waits for', async () => {
        const seen: string[] = [];
        const summary = await due.run({ onProgress: ({ step }) => seen.push(step) });
        expect(summary).toMatchObject({ dueOn: DUE, due: 60 });
        expect(summary.done).toEqual({ present: 60, announce: 60, report: 60, discharge: 0, redeem: 0 });
        expect(reasons(summary)).toEqual(['discharge: ATTESTATION_NEEDED']);
        // The supplier has 54 slices of two certificates, the contractor six.
        expect(seen.filter((step) => step === 'present')).toHaveLength(2);
        due.expectPaidOnce();
      });

      it('makes one slice of those that a holder has of a certificate, and the face stays what it is', async () => {
        const slices = await viewsOf(due.world.people('bank').checker, 'slice');
        const presented = slices.flatMap(({ record }) => (record.state === 'PRESENTED' ? [record] : []));
        expect(presented).toHaveLength(4);
        expect(presented.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(due.faces);
        for (const { id, holder } of presented) {
          const host = holder === LEI.supplier ? 'supplier' : 'contractor';
          expect(await recordOf(due.world, host, 'slice', id)).toMatchObject({ holder, state: 'PRESENTED' });
        }
      });

      it("says in the bank's book and in the holder's what each part became, and no part counts any more", async () => {
        for (const name of ['bank', 'contractor'] as const) {
          const { checker } = due.world.people(name);
          const said = (await viewsOf(checker, 'consolidation')).filter(
            ({ record }) => record.holder === LEI.contractor,
          );
          const parts = said.flatMap(({ record }) => record.wholes.flatMap(({ sliceIds }) => sliceIds));
          expect(parts).toHaveLength(2 * PASSED_ON);
          for (const id of parts)
            expect(await checker.book.slice.get(id)).toMatchObject({ current: false, reason: 'CONSOLIDATED' });
        }
      });

      it('lets nobody use a part once more, not even the two who could sign for it', async () => {
        const { world } = due;
        const [said] = await viewsOf(world.people('contractor').checker, 'consolidation');
        const [part = ''] = said?.record.wholes[0]?.sliceIds ?? [];
        const again = present(world, 'contractor', [part], LEI.thirdBank);
        expect(await refusal(again)).toMatchObject({ code: 'STATE', data: { state: 'SPENT', sliceId: part } });
      });

      it('pays into the accounts that the holders named', () => {
        const banks = due.payments.sent.map(({ holder, payeeBank }) => `${holder} ${payeeBank}`);
        expect([...new Set(banks)].sort()).toEqual(
          [`${LEI.supplier} ${LEI.secondBank}`, `${LEI.contractor} ${LEI.thirdBank}`].sort(),
        );
      });

      it('run again before the proofs are there, pays nothing', async () => {
        const summary = await due.run();
        expect(summary.done).toEqual({ present: 0, announce: 0, report: 0, discharge: 0, redeem: 0 });
        due.expectPaidOnce();
      });

      it("run again once the payees' banks have attested, discharges and redeems it", async () => {
        await due.attestAll();
        const summary = await due.run();
        expect(summary.left).toEqual([]);
        expect(summary.done).toMatchObject({ discharge: 60, redeem: 60 });
        expect(await due.states()).toEqual({ PAID: 60 });
        await due.expectSettled();
      });

      it('run once more, finds nothing to do', async () => {
        const { done, left } = await due.run();
        expect({ done, left }).toEqual({
          ...{ done: { present: 0, announce: 0, report: 0, discharge: 0, redeem: 0 }, left: [] },
        });
        due.expectPaidOnce();
      });
    });

    describe.each(['before', 'after'] as const)('whose process dies %s each step', (when) => {
      let due: Maturity;
      beforeAll(async () => {
        due = await Maturity.open(open, 6);
      });
      afterAll(() => due.world.close());

      it('comes to its end all the same, and pays nothing twice', async () => {
        let deaths = 0;
        for (let lives = 0; lives < LIVES; lives++) {
          const summary = await lifeOf(due, when);
          if (summary === undefined) deaths += 1;
          else if (summary.left.length === 0) break;
          else await due.attestAll();
        }
        // Two presentments with three steps and a payment each, and one redemption: no step is skipped.
        expect(deaths).toBeGreaterThanOrEqual(when === 'after' ? 9 : 7);
        due.expectPaidOnce();
        expect(await due.states()).toEqual({ PAID: 6 });
        await due.expectSettled();
      });
    });

    describe('beside another one', () => {
      let due: Maturity;
      beforeAll(async () => {
        due = await Maturity.open(open, 6);
      });
      afterAll(() => due.world.close());

      it('needs no plan where everything is at hand, and is planned where something is missing or has moved', async () => {
        const { checker, mspId } = due.world.people('bank');
        const [mandate] = (await viewsOf(checker, 'mandate')).filter(({ record }) => record.holder === LEI.supplier);
        const { id: mandateId = '', holderMsp = '', payeeBankMsp = '' } = mandate?.record ?? {};
        const slices = (await viewsOf(checker, 'slice')).filter(({ record }) => record.holder === LEI.supplier);
        const free = slices.filter(({ record }) => record.state === 'FREE');
        const terms = (await viewsOf(checker, 'terms')).map(({ id, opening }) => [`terms/${id}`, opening] as const);
        const attempts = async (index: number, shown: (opening: string) => string | undefined): Promise<number> => {
          const { id = '', opening = '' } = free[index] ?? {};
          const slice = shown(opening);
          const openings = {
            ...{ ...Object.fromEntries(terms), [`mandate/${mandateId}`]: mandate?.opening ?? '' },
            ...(slice === undefined ? {} : { [`slice/${id}`]: slice }),
          };
          const input = {
            presentmentId: checker.newId(holderMsp),
            mandateId,
            sliceIds: [id],
            mergedIds: [checker.newId()],
          };
          const ready = { openings, endorsingOrganizations: [mspId, holderMsp, payeeBankMsp].sort() };
          return (await checker.slice.presentUnderMandate(input, ready)).attempts;
        };
        expect(await attempts(0, (opening) => opening)).toBe(1);
        expect(await attempts(1, () => undefined)).toBe(2);
        expect(await attempts(2, (opening) => opening.replace('"tier":0', '"tier":1'))).toBe(2);
      });

      it('pays nothing twice', async () => {
        const { world } = due;
        await Promise.all([due.run(), due.run({}, world.people('bank').maker), due.run()]);
        await due.run();
        due.expectPaidOnce();
        await due.attestAll();
        await Promise.all([due.run(), due.run()]);
        expect((await due.run()).left).toEqual([]);
        due.expectPaidOnce();
        await due.expectSettled();
      });
    });

    describe('whose payment system waits for the proofs', () => {
      let due: Maturity;
      beforeAll(async () => {
        due = await Maturity.open(open, 6);
      });
      afterAll(() => due.world.close());

      it('leaves what it cannot wait for', async () => {
        due.payments.proven = () => Promise.reject(new Error('nobody listens'));
        const summary = await due.run();
        expect(summary.done).toMatchObject({ report: 6, discharge: 0 });
        expect(reasons(summary)).toEqual(['discharge: PAYMENTS_FAILED']);
      });

      it('comes to its end in one run, and waits for nobody before all is paid that can be', async () => {
        let waiting = 0;
        const all = new Promise<void>((resolve) => {
          due.payments.proven = () => {
            waiting += 1;
            if (waiting === 2) resolve(due.attestAll());
            return all;
          };
        });
        const summary = await due.run({ sideBySide: 1 });
        expect(summary.left).toEqual([]);
        expect(summary.done).toEqual({ present: 0, announce: 0, report: 0, discharge: 6, redeem: 6 });
        due.expectPaidOnce();
        await due.expectSettled();
      });
    });

    describe('of two certificates of which one was counted meanwhile', () => {
      let due: Maturity;
      beforeAll(async () => {
        due = await Maturity.open(open, 6, 6);
      });
      afterAll(() => due.world.close());

      it('counts the other one all the same', async () => {
        await due.run();
        await due.attestAll();
        const { checker } = due.world.people('bank');
        const byHand = due.world.people('bank').maker;
        const calls: number[] = [];
        const overtaken = redeemingBy(checker, async (input) => {
          const { certificateId, furtherCertificateIds = [] } = input;
          calls.push(1 + furtherCertificateIds.length);
          if (furtherCertificateIds.length > 0) {
            const paid = (await viewsOf(checker, 'slice')).filter(
              ({ record }) => record.certificateId === certificateId && record.state === 'PAID',
            );
            await byHand.certificate.redeem({ certificateId, sliceIds: paid.map(({ id }) => id) });
          }
          return checker.certificate.redeem(input);
        });
        await due.run({}, overtaken);
        expect(calls).toEqual([2, 1, 1]);
        expect((await due.run()).left).toEqual([]);
        await due.expectSettled();
      });
    });

    describe('of which a charge is deducted on the way', () => {
      let due: Maturity;
      beforeAll(async () => {
        due = await Maturity.open(open, 6);
      });
      afterAll(() => due.world.close());

      it('pays the charge by a payment of its own, and discharges by both', async () => {
        await due.run();
        due.expectPaidOnce();
        await due.attestAll(30n);
        const again = await due.run();
        expect(again.done).toMatchObject({ announce: 6, report: 6, discharge: 0 });
        expect(due.payments.sent.slice(2).map(({ amount }) => amount)).toEqual(['30', '30']);
        expect(due.payments.total).toBe(due.faces + 60n);
        // What the run has paid is not paid again while it is not attested.
        expect((await due.run()).done).toMatchObject({ announce: 0 });
        await due.attestAll();
        expect((await due.run()).left).toEqual([]);
        expect(await due.states()).toEqual({ PAID: 6 });
        await due.expectSettled();
      });
    });

    describe('where something is in the way', () => {
      let due: Maturity;
      beforeAll(async () => {
        due = await Maturity.open(open, 6);
      });
      afterAll(() => due.world.close());

      it('told to stop, does nothing and says so', async () => {
        const summary = await due.run({ signal: AbortSignal.abort() });
        expect(reasons(summary)).toEqual(['present: STOPPED']);
        expect(await due.states()).toEqual({ FREE: 6 });
      });

      it('leaves out a holder whose peer is stopped, and goes on with the others', async () => {
        const summary = await due.runWithout('contractor');
        expect(summary.left.filter(({ holder }) => holder === LEI.contractor)).toHaveLength(1);
        expect(summary.done).toMatchObject({ present: 3, report: 3 });
        expect(await due.states()).toEqual({ FREE: 3, PRESENTED: 3 });
      });

      it('leaves out a payment that the payment system fails on, and pays it later', async () => {
        due.payments.onPay = () => {
          throw new Error('no line to the clearing');
        };
        expect(reasons(await due.run())).toContain('report: PAYMENTS_FAILED');
        expect(due.payments.total).toBe(BigInt(FACE / 2));
        due.payments.onPay = () => undefined;
        await due.run();
        due.expectPaidOnce();
      });

      it('discharges without the peer of a holder, whose copy is left out', async () => {
        await due.attestAll();
        const summary = await due.runWithout('contractor');
        expect(summary.left).toEqual([]);
        expect(await due.states()).toEqual({ PAID: 6 });
      });
    });

    describe('where holders and payments are slow', () => {
      let due: Maturity;
      beforeAll(async () => {
        due = await Maturity.open(open, 6);
      });
      afterAll(() => due.world.close());

      it('leaves what no mandate covers to its holder, and pays what the holder presents', async () => {
        const { world } = due;
        for (const name of ['supplier', 'contractor'] as const) {
          const [mandate] = await viewsOf(world.people(name).checker, 'mandate');
          await world.people(name).maker.mandate.revoke({ mandateId: mandate?.id ?? '' });
        }
        const summary = await due.run();
        expect(reasons(summary)).toEqual(['present: MANDATE_MISSING']);
        expect(summary.left.map(({ holder, sliceIds }) => [holder, sliceIds.length]).sort()).toEqual(
          [[LEI.supplier, 3] as const, [LEI.contractor, 3] as const].map((each) => [...each]).sort(),
        );
        for (const { holder = '', sliceIds } of summary.left) {
          const [name, bank] =
            holder === LEI.supplier ? (['supplier', 'secondBank'] as const) : (['contractor', 'thirdBank'] as const);
          await present(world, name, [...sliceIds], LEI[bank]);
        }
      });

      it('reports what is said of a payment, and waits for its end', async () => {
        const presented = await viewsOf(due.world.people('bank').checker, 'presentment');
        const [slow = '', rejected = ''] = presented.map(({ id }) => id);
        due.payments.says.set(slow, 'ACSP').set(rejected, 'RJCT');
        expect(reasons(await due.run())).toEqual(['report: PAYMENT_OPEN', 'report: PAYMENT_UNPAID']);
        due.payments.says.set(slow, 'ACCC').set(rejected, 'ACCC');
        expect(reasons(await due.run())).toEqual(['discharge: ATTESTATION_NEEDED', 'report: PAYMENT_UNPAID']);
        due.expectPaidOnce();
      });

      it('is for the confirming bank: another one finds nothing due', async () => {
        const { due: found, left } = await due.run({}, due.world.people('secondBank').maker);
        expect({ found, left }).toEqual({ found: 0, left: [] });
        expect(await outcome(due.run())).toBe('ok');
      });
    });
  });
}

/** More than any run of two presentments takes. */
const LIVES = 40;

/** A process that dies. */
class Death extends Error {
  override readonly name = 'Death';
}

/** One life of the process that runs: it takes one step that it has not been killed at, and dies before or after the next. Undefined: it died. */
async function lifeOf(due: Maturity, when: 'before' | 'after'): Promise<MaturitySummary | undefined> {
  // Before: the first step is taken, and death comes before the second. After: the first is taken, and its outcome is never learnt.
  const life = { steps: 0, isOver: false };
  const mortal = async <Answer>(act: () => Promise<Answer>): Promise<Answer> => {
    if (life.isOver || (when === 'before' && life.steps === 1)) {
      life.isOver = true;
      throw new Death();
    }
    // What is refused is no step: it changes nothing.
    const answer = await act();
    life.steps += 1;
    if (when === 'before') return answer;
    life.isOver = true;
    throw new Death();
  };
  const { payments } = due;
  const options = {
    sideBySide: 1,
    payments: {
      order: (instruction: PaymentInstruction) => payments.order(instruction),
      // To be told again of what was sent in an earlier life is no step.
      pay: (instruction: PaymentInstruction) =>
        payments.sent.some(({ uetr }) => uetr === instruction.uetr)
          ? payments.pay(instruction)
          : mortal(() => payments.pay(instruction)),
    },
  };
  const summary = await due.run(options, mortalClient(due.world.forgetful('bank'), mortal)).catch((error: unknown) => {
    if (error instanceof Death) return undefined;
    throw error;
  });
  return life.isOver ? undefined : summary;
}

/** A client that counts what is paid in another way. */
function redeemingBy(tenor: Tenor, redeem: Tenor['certificate']['redeem']): Tenor {
  const certificate = new Proxy(tenor.certificate, {
    get: (target, verb) => (verb === 'redeem' ? redeem : (Reflect.get(target, verb) as unknown)),
  });
  return new Proxy(tenor, {
    get: (target, name) => (name === 'certificate' ? certificate : (Reflect.get(target, name) as unknown)),
  });
}

/** A client each of whose submits may be its last. */
function mortalClient(tenor: Tenor, mortal: <Answer>(act: () => Promise<Answer>) => Promise<Answer>): Tenor {
  const nouns: readonly string[] = ['slice', 'payment', 'presentment', 'certificate'];
  type Verbs = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
  const wrapped = (verbs: Verbs): Verbs =>
    new Proxy(verbs, {
      get: (target, verb) => (input: unknown) =>
        mortal(() => target[String(verb)]?.(input) ?? Promise.reject(new Death())),
    });
  return new Proxy(tenor, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return nouns.includes(String(name)) ? wrapped(value as Verbs) : value;
    },
  });
}
