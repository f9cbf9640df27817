/** Payment against payment: two amounts in two currencies, blocked at their payers' banks, and released together at a rate that both accept. */
import type { Account, Input } from '@tenor/client';
import {
  approveAll,
  commit,
  commitment,
  drawMoney,
  instruct,
  payAll,
  type BatchOf,
  type MoneyLeg,
} from '../scene/batch.js';
import { say } from '../scene/money.js';
import type { Scene } from '../scene/scene.js';

/** One side of an exchange: who pays, from which bank to which. */
export interface Side {
  readonly from: string;
  readonly payerBank: string;
  readonly payeeBank: string;
  /** Of the other side, which is paid. */
  readonly account: Account;
}

/** What is exchanged. The amount of the quote currency follows from the rate. */
export interface ExchangeTerms {
  readonly base: Side & { readonly currency: string; readonly amount: string };
  readonly quote: Side & { readonly currency: string };
  /** Minor units of the quote currency for `denominator` minor units of the base currency. */
  readonly numerator: string;
  readonly denominator: string;
  readonly source: string;
  readonly quotedAt: string;
  readonly valueDate: string;
  readonly expiresOn: string;
}

/** An exchange whose legs are drawn. */
export interface Exchange extends BatchOf {
  readonly money: readonly [base: MoneyLeg, quote: MoneyLeg];
  /** What both legs say of the rate, and of the day on which the money is to be there. */
  readonly agreed: Pick<Input<'cash:instruct'>, 'exchange' | 'valueDate' | 'calendars'>;
}

/** Counts the other amount, rounded down, and draws both legs. */
export function drawExchange(scene: Scene, terms: ExchangeTerms): Exchange {
  const { base, quote, numerator, denominator, source, quotedAt, valueDate, expiresOn } = terms;
  const product = BigInt(base.amount) * BigInt(numerator);
  const [amount, residual] = [product / BigInt(denominator), product % BigInt(denominator)].map(String);
  const what = 'BLOCK' as const;
  const money = [
    drawMoney(scene, { ...base, what, to: quote.from }),
    drawMoney(scene, { ...quote, what, to: base.from, amount: amount ?? '' }),
  ] as const;
  const [baseLegId, quoteLegId] = money.map(({ legId }) => legId);
  const exchange = {
    ...{ baseLegId: baseLegId ?? '', quoteLegId: quoteLegId ?? '', numerator, denominator, residual: residual ?? '' },
    ...{ source, quotedAt, validUntil: expiresOn },
  };
  scene.note(
    `${say(money[0])} against ${say(money[1])}, at ${numerator}/${denominator} (${source}); ` +
      `rounding leaves ${exchange.residual}/${denominator} of a minor unit, which is booked`,
  );
  return { slices: [], money, expiresOn, agreed: { exchange, valueDate, calendars: [scene.cast.calendar.id] } };
}

/** Both instruct their money, and approve. */
export async function instructExchange(scene: Scene, exchange: Exchange): Promise<void> {
  for (const leg of exchange.money) await instruct(scene, exchange, leg, exchange.agreed);
  await approveAll(scene, exchange);
}

/** A payer's bank states that it has blocked the money. */
export async function block(scene: Scene, { legId, payerBank, ...amount }: MoneyLeg): Promise<void> {
  await scene.underFourEyes(`block ${say(amount)}`, payerBank, 'cash:block', { legId });
}

/** Both banks block, one of the two commits, and both amounts are paid. Before the second has blocked, nothing can be committed. */
export async function settleExchange(scene: Scene, exchange: Exchange): Promise<void> {
  const [base, quote] = exchange.money;
  const by = base.from;
  await block(scene, base);
  const early = await commitment(scene, by, exchange);
  await scene.refused('commit while one amount is not blocked', by, 'Checker', 'NOT_PROVEN', ({ batch }) =>
    batch.commit(early),
  );
  await block(scene, quote);
  await commit(scene, by, exchange);
  scene.note(
    'The commitment is the order to both banks to release the money. They pay, and the banks of the payees attest.',
  );
  await payAll(scene, exchange);
}
