/** Which slices transfers take. Written as `name: holder amount/tier`, where a part's name is that of its whole with `.0` (kept) or `.1` (passed on). */
import { describe, expect, it } from '@jest/globals';
import {
  largestOf,
  planTransfers,
  type Move,
  type PlannedSlice,
  type TransferPlan,
} from '../../../examples/ansteel-rio-tinto/transferPlan.js';
import type { Deal, DealCertificate, DealTransfer } from '../../../examples/ansteel-rio-tinto/readDeal.js';

/** A certificate of 100 minor units in the hand of `a`, and transfers as `from to amount`. */
function planOf(transfers: readonly string[], maxTier = 5): TransferPlan {
  const money = (minor: string): DealCertificate['amount'] => ({ amount: minor, currency: 'JPY' });
  return planTransfers({
    certificates: [{ key: 'c', payee: 'a', amount: money('100') } as DealCertificate],
    transfers: transfers.map((row) => {
      const [from = '', to = '', amount = ''] = row.split(' ');
      return { certificate: 'c', from, to, amount: money(amount) } as DealTransfer;
    }),
    policy: { maxTier } as Deal['policy'],
  });
}

const written = ({ name, holder, amount, tier }: PlannedSlice): string =>
  `${name}: ${holder} ${String(amount)}/${String(tier)}`;
const heldIn = ({ held }: TransferPlan): string[] => (held.get('c') ?? []).map(written).sort();
const cutOf = ({ slice, cut }: Move): string =>
  cut === undefined ? `${slice.name} whole` : `${slice.name} of ${cut.whole}, ${String(cut.kept.amount)} kept`;

describe('the plan of transfers', () => {
  it.each([
    ['nothing', [], ['0: a 100/0']],
    ['a part', ['a b 40'], ['0.0: a 60/0', '0.1: b 40/1']],
    ['all of it', ['a b 100'], ['0: b 100/1']],
    ['two parts to one', ['a b 40', 'a b 10'], ['0.0.0: a 50/0', '0.0.1: b 10/1', '0.1: b 40/1']],
    ['back what came', ['a b 40', 'b a 40'], ['0.0: a 60/0', '0.1: a 40/2']],
    ['back a part', ['a b 40', 'b a 15'], ['0.0: a 60/0', '0.1.0: b 25/1', '0.1.1: a 15/2']],
    [
      'more than any slice',
      ['a b 40', 'a b 10', 'b c 45'],
      ['0.0.0: a 50/0', '0.0.1.0: b 5/1', '0.0.1.1: c 5/2', '0.1: c 40/2'],
    ],
    [
      'the smallest slice that is enough',
      ['a b 40', 'a b 10', 'b c 8'],
      ['0.0.0: a 50/0', '0.0.1.0: b 2/1', '0.0.1.1: c 8/2', '0.1: b 40/1'],
    ],
    [
      'a slice of exactly the amount',
      ['a b 40', 'a b 10', 'b c 10'],
      ['0.0.0: a 50/0', '0.0.1: c 10/2', '0.1: b 40/1'],
    ],
  ])('passes on %s', (_what, transfers, held) => {
    const plan = planOf(transfers);
    expect(plan.transfers).toHaveLength(transfers.length);
    expect(heldIn(plan)).toEqual(held);
  });

  it('says what is cut and what is passed on whole', () => {
    const plan = planOf(['a b 40', 'a b 10', 'b c 45', 'a c 50']);
    expect(plan.transfers.map(({ moves }) => moves.map(cutOf))).toEqual([
      ['0.1 of 0, 60 kept'],
      ['0.0.1 of 0.0, 50 kept'],
      ['0.1 whole', '0.0.1.1 of 0.0.1, 5 kept'],
      ['0.0.0 whole'],
    ]);
  });

  it('leaves out slices that may not change hands again, and ends where the others are too few', () => {
    expect(planOf(['a b 40', 'b a 40', 'a c 60'], 2).transfers).toHaveLength(3);
    expect(planOf(['a b 40', 'b a 40', 'a c 61'], 2).transfers).toHaveLength(2);
    expect(planOf(['a b 40', 'b a 40', 'a c 61'], 3).transfers).toHaveLength(3);
  });

  it('loses nothing and makes nothing, whatever is passed on', () => {
    const plan = planOf(['a b 33', 'b c 20', 'c a 5', 'a b 72', 'b c 80']);
    expect(plan.transfers).toHaveLength(5);
    for (const { held } of plan.transfers) expect(held.reduce((sum, { amount }) => sum + amount, 0n)).toBe(100n);
  });
});

describe('the largest of slices', () => {
  it('is the first of equals', () => {
    const slices = planOf(['a b 50']).held.get('c') ?? [];
    expect(largestOf(slices).name).toBe('0.0');
  });
});
