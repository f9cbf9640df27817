/**
 * What the demo settles after its own deal is paid: Rio Tinto sells a new promise for cash, and then Ansteel and Rio Tinto net what they owe each
 * other, and the rest is exchanged into dollars.
 */
import { addDays } from '@tenor/client';
import { accept, ask, best, deliver, quote, sayWhoWasAsked, type Seller } from '../../discount/discount.js';
import { attemptWithoutMoney, drawNetting, instructNetting, settleNetting, type Debt } from '../../netting/net.js';
import { drawExchange, instructExchange, settleExchange } from '../../pvp/exchange.js';
import { HARBOUR, SOUTHERN } from '../../scene/cast.js';
import { decide, registrationOf } from '../../scene/founding.js';
import { issue, type Promised } from '../../scene/issuing.js';
import { say } from '../../scene/money.js';
import { nameOf } from '../../scene/names.js';
import { sayWhoSeesWhat, type Seen } from '../../scene/views.js';
import type { Deal } from '../readDeal.js';
import type { Stage } from './stage.js';

/** Who saw what of each of the three batches, by its own book. */
export interface Afterwards {
  readonly discount: readonly Seen[];
  readonly netting: readonly Seen[];
  readonly exchange: readonly Seen[];
  /** The operator sees nothing of any of them, and each bank was asked for a price without seeing what the other one was asked. */
  readonly isAsItMustBe: boolean;
}

/** The day on which the new promises are due. */
const DUE = '2027-07-23';
/** How long everything here stays open. */
const OPEN_DAYS = 7;

/** The deal with two banks more. They found nothing, and have nothing to do with the deal itself. */
export const withBanksForAfterwards = (deal: Deal): Deal => ({
  ...deal,
  parties: [...deal.parties, ...[HARBOUR, SOUTHERN].map((bank) => ({ ...bank, roles: [...bank.roles], accounts: [] }))],
});

/** One promises the other, as in steps 1 to 3. */
async function promise(stage: Stage, promised: Promised, folder: string): Promise<Debt> {
  const { issuer: debtor, payee: creditor, bank, currency, amount } = promised;
  stage.note(
    `${stage.party(debtor).name} promises ${stage.party(creditor).name} ${say(promised)} on ${promised.dueDate}, ` +
      `confirmed by ${stage.party(bank).name}, in eight steps as above.`,
  );
  const issued = await stage.quietly(() => issue(stage, promised, folder));
  return { debtor, creditor, bank, currency, amount, ...issued };
}

const southernAccount = (currency: string): Seller['account'] => ({
  scheme: 'OTHER',
  id: `SOUTHERNRIOTINTO${currency}1`,
});

/** Rio Tinto asks two banks, and sells its promise to the one that pays more. Neither ICBC nor the issuer learns the price. */
async function discount(
  stage: Stage,
  folder: string,
): Promise<readonly [seen: readonly Seen[], asked: readonly number[]]> {
  stage.note('\n6. Cash today: a discount, delivery against payment');
  const promised = {
    issuer: 'ansteel',
    bank: 'icbc',
    payee: 'rio-tinto',
    currency: 'USD',
    amount: '1000000000',
    dueDate: DUE,
  };
  const { sliceId } = await promise(stage, promised, folder);
  const sold: Seller = {
    ...{ seller: 'rio-tinto', slices: [{ sliceId, currency: 'USD', amount: promised.amount }] },
    ...{ payeeBank: 'southern', account: southernAccount('USD') },
  };
  const until = { expiresOn: addDays(stage.date, OPEN_DAYS) };
  const funders = ['icbc', 'harbour'];
  const requests = await ask(stage, sold, funders, until);
  await quote(stage, 'harbour', requests.get('harbour') ?? '', {
    ...{ rate: '2.85', dayCount: 'ACT/360', fee: '10000', recourse: false },
  });
  stage.note('ICBC does not want it, and says nothing.');
  const asked = await sayWhoWasAsked(stage, funders);
  const taken = await best(stage, sold);
  await accept(stage, sold, taken);
  return [await sayWhoSeesWhat(stage, await deliver(stage, sold, taken, until)), asked];
}

/** Ansteel sells steel to Rio Tinto, as Rio Tinto sells ore to Ansteel: each has promised the other. */
async function net(stage: Stage, folder: string): Promise<readonly Seen[]> {
  stage.note('\n7. Netting, and the rest across currencies');
  const both = ['ansteel', 'rio-tinto'].map((key) => registrationOf(stage, stage.party(key), ['issuer', 'supplier']));
  await decide(stage, 'that both may promise and hold', both);
  const ore = {
    issuer: 'ansteel',
    bank: 'icbc',
    payee: 'rio-tinto',
    currency: 'CNY',
    amount: '2000000000',
    dueDate: DUE,
  };
  const steel = {
    issuer: 'rio-tinto',
    bank: 'southern',
    payee: 'ansteel',
    currency: 'CNY',
    amount: '1300000000',
    dueDate: DUE,
  };
  const debts = [await promise(stage, ore, folder), await promise(stage, steel, folder)];
  const rest = {
    ...{ from: 'ansteel', to: 'rio-tinto', currency: 'CNY', amount: '700000000', payerBank: 'icbc' },
    ...{ payeeBank: 'southern', account: southernAccount('CNY') },
  };
  const batch = drawNetting(stage, debts, [rest], addDays(stage.date, OPEN_DAYS));
  await instructNetting(stage, batch);
  const [money] = batch.money;
  if (money !== undefined) await attemptWithoutMoney(stage, batch, money);
  await settleNetting(stage, batch, debts, 'ansteel');
  return sayWhoSeesWhat(stage, batch);
}

/** Rio Tinto wants dollars for the rest: payment against payment with Harbour Bank, at the rate of the supply contract. */
async function exchangeRest(stage: Stage): Promise<readonly Seen[]> {
  const { numerator, denominator, source } = stage.deal.worth.rate;
  stage.note('\nRio Tinto wants dollars for the rest');
  const exchange = drawExchange(stage, {
    base: {
      ...{ from: 'rio-tinto', payerBank: 'southern', payeeBank: 'harbour', currency: 'CNY', amount: '700000000' },
      account: { scheme: 'OTHER', id: 'HARBOUROWNCNY1' },
    },
    quote: {
      ...{ from: 'harbour', payerBank: 'harbour', payeeBank: 'southern', currency: 'USD' },
      account: southernAccount('USD'),
    },
    ...{ numerator: denominator, denominator: numerator, source, quotedAt: `${stage.date}T01:15:00Z` },
    ...{ valueDate: stage.date, expiresOn: addDays(stage.date, OPEN_DAYS) },
  });
  await instructExchange(stage, exchange);
  await settleExchange(stage, exchange);
  return sayWhoSeesWhat(stage, exchange);
}

/** @param folder for the invoices behind the new promises */
export async function settleAfterwards(stage: Stage, folder: string): Promise<Afterwards> {
  const [sale, asked] = await discount(stage, folder);
  const netting = await net(stage, folder);
  const exchange = await exchangeRest(stage);
  const operator = nameOf(stage.withRole('operator'));
  const seenByOperator = [...sale, ...netting, ...exchange].filter(({ who }) => who === operator);
  return {
    ...{ discount: sale, netting, exchange },
    isAsItMustBe: seenByOperator.every(({ legs }) => legs.length === 0) && asked.every((count) => count === 1),
  };
}
