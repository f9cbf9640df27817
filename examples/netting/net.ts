/** Netting: parties that owe each other give their promises back to one another in one batch, and only the differences are paid. */
import type { Account } from '@tenor/client';
import {
  agree,
  allocate,
  approveAll,
  commit,
  completeAll,
  drawMoney,
  instruct,
  payAll,
  type BatchOf,
  type MoneyLeg,
  type SliceLeg,
} from '../scene/batch.js';
import { say, type Amount } from '../scene/money.js';
import type { Scene } from '../scene/scene.js';

/** A promise: the debtor has issued the slice that the creditor holds. */
export interface Debt extends Amount {
  readonly debtor: string;
  readonly creditor: string;
  readonly sliceId: string;
  readonly certificateId: string;
  /** The bank that confirmed it. */
  readonly bank: string;
}

/** What is left to be paid between two of them. */
export interface Difference {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly amount: string;
  readonly payerBank: string;
  readonly payeeBank: string;
  readonly account: Account;
}

const sum = (amounts: readonly Amount[]): bigint => amounts.reduce((total, { amount }) => total + BigInt(amount), 0n);

/** Draws the legs: every slice goes back to its issuer, and the differences are paid. */
export function drawNetting(
  scene: Scene,
  debts: readonly Debt[],
  differences: readonly Difference[],
  expiresOn: string,
): BatchOf {
  const money = differences.map((each) => drawMoney(scene, { ...each, what: 'CREDIT' }));
  const drawn = debts.map((debt) => ({ ...debt, legId: scene.newIdBeside(debt.creditor, debt.sliceId) }));
  const slices = drawn.map(({ debtor, creditor, sliceId, legId, currency, amount }): SliceLeg => {
    const paid = money.find(({ from, to }) => from === debtor && to === creditor);
    const owed = drawn.find((other) => other.debtor === creditor);
    return { legId, sliceId, from: creditor, to: debtor, currency, amount, inReturn: (paid ?? owed)?.legId ?? '' };
  });
  const [first] = debts;
  if (first === undefined) throw new Error('a netting has debts');
  const { currency } = first;
  scene.note(
    `${String(debts.length)} promises of ${say({ currency, amount: sum(debts) })} in all; ` +
      `${say({ currency, amount: sum(differences) })} of money is left to pay`,
  );
  return { slices, money, expiresOn };
}

/** Locks every slice and instructs every difference. All legs say that they net. */
export async function instructNetting(scene: Scene, batch: BatchOf): Promise<void> {
  for (const leg of batch.slices) await allocate(scene, batch, leg, { what: 'SURRENDER', nets: true });
  for (const leg of batch.money) await instruct(scene, batch, leg, { nets: true });
}

/** Who gives back more than it gets has to be paid the difference: an approval that leaves the money out is refused. */
export async function attemptWithoutMoney(scene: Scene, { slices }: BatchOf, { to }: MoneyLeg): Promise<void> {
  const legIds = slices.filter((leg) => leg.from === to || leg.to === to).map(({ legId }) => legId);
  const call = await scene.prepared('approve without the money', to, 'batch:approve', { legIds, party: scene.lei(to) });
  await scene.refused('approve without the money', to, 'Checker', 'NET_MISMATCH', ({ batch }) => batch.approve(call));
}

/** Approves, agrees, pays the differences, and closes all promises together. */
export async function settleNetting(scene: Scene, batch: BatchOf, debts: readonly Debt[], by: string): Promise<void> {
  await approveAll(scene, batch);
  await agree(scene, by, batch);
  await payAll(scene, batch);
  await commit(scene, by, batch);
  await completeAll(scene, batch, 'close');
  for (const { bank, certificateId, sliceId } of debts)
    await scene.step('redeem: count what is paid', bank, 'Checker', ({ certificate }) =>
      certificate.redeem({ certificateId, sliceIds: [sliceId] }),
    );
}
