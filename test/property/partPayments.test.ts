/**
 * Payments in parts, against a plain sum: reports, attestations, returns and discharges by chance, two of them at the same moment. The slices are paid exactly
 * when payments that arrived and did not come back add up to the amount; never is more accepted.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { attestInput, presentInput, reportInput, returnInput } from '../deal/inputs.js';
import { issued } from '../commands/support/steps.js';
import { slicesOf } from './support/books.js';
import { DUE, LEI, MemoryWorld, PARTIES, type Endorsed } from './support/memoryWorld.js';
import { runs } from './support/report.js';

const TOTAL = 100;
const UETRS = Array.from({ length: 4 }, (_, index) => `aaaaaaa${String(index)}-2222-4333-8444-555555555555`);

interface Step {
  readonly what: 'announce' | 'arrive' | 'reject' | 'attest' | 'return' | 'discharge';
  readonly who: number;
  readonly amount: number;
  readonly others: readonly number[];
}

/** A step by chance. Amount and others are left out where they are what fits best. */
interface Drawn extends Omit<Step, 'amount' | 'others'> {
  readonly amount: number | undefined;
  readonly others: readonly number[] | undefined;
}

const step: fc.Arbitrary<Drawn> = fc.record({
  what: fc.constantFrom(
    'announce',
    'arrive',
    'arrive',
    'reject',
    'attest',
    'attest',
    'return',
    'discharge',
    'discharge',
  ),
  who: fc.nat(UETRS.length - 1),
  amount: fc.option(fc.constantFrom(10, 30, 40, 50, 60, 70, 90, 100, 110), { nil: undefined, freq: 3 }),
  others: fc.option(fc.uniqueArray(fc.nat(UETRS.length - 1), { maxLength: 3 }), { nil: undefined, freq: 2 }),
});

/** What was accepted of a payment. */
interface Said {
  sent?: { amount: number; status: string };
  came?: number;
  back?: true;
}

const STATUS = { announce: 'PDNG', arrive: 'ACCC', reject: 'RJCT' } as const;

/** A presentment, and what was accepted of its payments. */
class Parts {
  readonly said: readonly Said[] = UETRS.map(() => ({}));
  isPaid = false;

  readonly world: MemoryWorld;
  readonly presentmentId: string;

  constructor(world: MemoryWorld, presentmentId: string) {
    this.world = world;
    this.presentmentId = presentmentId;
  }

  /** A step as it is meant: of what is still to be paid, and with all payments that are proven. */
  meant({ amount, others, ...step }: Drawn): Step {
    const { sent, came } = this.said[step.who] ?? {};
    const rest = TOTAL - this.standing(...this.said.keys());
    const alike = step.what === 'attest' ? (sent?.amount ?? came) : sent?.amount;
    const proven = [...this.said.keys()].filter((index) => index !== step.who && this.isProven(index));
    return { ...step, amount: amount ?? alike ?? Math.max(rest, 1), others: others ?? proven };
  }

  async endorse({ what, who, amount, others }: Step): Promise<Endorsed | undefined> {
    const { world, presentmentId } = this;
    const payment = { presentmentId, uetr: UETRS[who] ?? '', currency: 'USD', amount: String(amount) };
    const act = async (): Promise<Endorsed> => {
      if (what === 'attest' || what === 'return') {
        const input = {
          ...(what === 'attest' ? attestInput(world, payment) : returnInput(world, payment)),
          ticketId: world.id('secondBank'),
        };
        const name = what === 'attest' ? 'payment:attest' : 'payment:return';
        await world.prepare('secondBank', name, input);
        return world.endorse('secondBank', 'checker', name, input);
      }
      if (what === 'discharge') {
        const furtherUetrs = others.filter((each) => each !== who).map((each) => UETRS[each] ?? '');
        const more = furtherUetrs.length > 0 ? { furtherUetrs } : {};
        return world.endorse('bank', 'checker', 'presentment:discharge', {
          presentmentId,
          uetr: payment.uetr,
          ...more,
        });
      }
      return world.endorse('bank', 'checker', 'payment:report', reportInput(payment, STATUS[what]));
    };
    try {
      return await act();
    } catch (error) {
      if (error instanceof TenorError) return undefined;
      throw error;
    }
  }

  /** What came of these payments, and no more than was sent, and did not go back. */
  standing(...which: readonly number[]): number {
    return which.reduce((sum, index) => {
      const { sent, came = 0, back } = this.said[index] ?? {};
      return sum + (back === true ? 0 : Math.min(came, sent?.amount ?? came));
    }, 0);
  }

  /** Whether payments pay: each arrived, as both banks say, none came back, and together they are the amount. */
  pay(which: readonly number[]): boolean {
    return which.every((index) => this.isProven(index)) && this.standing(...which) === TOTAL;
  }

  /** Whether both banks say of a payment that it arrived. */
  isProven(index: number): boolean {
    const { sent, came, back } = this.said[index] ?? {};
    return sent?.status === 'ACCC' && came !== undefined && back !== true;
  }

  take({ what, who, amount, others }: Step): void {
    const said = this.said[who] ?? {};
    if (what === 'attest') said.came = amount;
    else if (what === 'return') said.back = true;
    else if (what === 'discharge') {
      expect(this.pay([...new Set([who, ...others])])).toBe(true);
      this.isPaid = true;
    } else {
      // What was announced goes on, whatever came besides. Anything else is no more than the rest.
      const isTold = said.sent !== undefined && amount <= said.sent.amount;
      const besides = UETRS.map((_, index) => index).filter(
        (index) => index !== who && this.said[index]?.sent?.status !== 'RJCT',
      );
      if (!isTold) expect(amount + this.standing(...besides)).toBeLessThanOrEqual(TOTAL);
      said.sent = { amount, status: STATUS[what] };
    }
    expect(this.standing(...this.said.keys())).toBeLessThanOrEqual(TOTAL);
    const states = slicesOf(this.world).map(({ state }) => state);
    expect(states).toEqual([this.isPaid ? 'PAID' : 'PRESENTED']);
  }
}

describe('payments in parts', () => {
  it('pay exactly when what arrived and did not come back is the amount, and never is more accepted', async () => {
    const founded = await MemoryWorld.found([...PARTIES, 'secondBank']);
    const { sliceId } = await issued(founded, String(TOTAL));
    await founded.moveTo(DUE);
    const input = { ...presentInput(founded, 'supplier', [sliceId]), payeeBank: LEI.secondBank };
    await founded.actWithTicket('supplier', 'slice:present', input);
    let paid = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 24 }),
        async (moments) => {
          const parts = new Parts(founded.clone(), input.presentmentId);
          for (const moment of moments) {
            const endorsed: (readonly [Step, Endorsed | undefined])[] = [];
            for (const each of moment.map((drawn) => parts.meant(drawn))) {
              const made = await parts.endorse(each);
              // What is refused as a discharge does not pay. A slice is paid once.
              const which = [...new Set([each.who, ...each.others])];
              if (each.what === 'discharge' && !parts.isPaid) expect(made !== undefined).toBe(parts.pay(which));
              endorsed.push([each, made]);
            }
            for (const [each, made] of endorsed)
              if (made !== undefined && !made.replayed && parts.world.order(made) === 'VALID') parts.take(each);
          }
          if (parts.isPaid) paid++;
        },
      ),
      runs(60),
    );
    expect(paid).toBeGreaterThan(0);
  });
});
