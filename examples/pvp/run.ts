/**
 * `npm run pvp`: payment against payment. Rio Tinto sells dollars to its contractor for yuan. Both banks block, and both amounts are released at once. Then the
 * same again, and one bank does not block: nobody has paid, and the blocked money is free again.
 */
import { randomUUID } from 'node:crypto';
import { addDays } from '@tenor/client';
import { commitment } from '../scene/batch.js';
import { castWith, HARBOUR, SOUTHERN } from '../scene/cast.js';
import { moveBusinessDate } from '../scene/founding.js';
import { say } from '../scene/money.js';
import { statusReport } from '../scene/payments.js';
import { runProgram } from '../scene/program.js';
import { Scene } from '../scene/scene.js';
import { sayWhoSeesWhat } from '../scene/views.js';
import {
  block,
  drawExchange,
  instructExchange,
  settleExchange,
  type Exchange,
  type ExchangeTerms,
} from './exchange.js';

/** Rio Tinto pays dollars from Harbour Bank; the contractor pays yuan from Southern Bank. */
const termsOn = (day: string, amount: string): ExchangeTerms => ({
  base: {
    ...{ from: 'rio-tinto', payerBank: 'harbour', payeeBank: 'southern', currency: 'USD', amount },
    account: { scheme: 'OTHER', id: 'SOUTHERNPILBARAUSD1' },
  },
  quote: {
    ...{ from: 'pilbara-mining', payerBank: 'southern', payeeBank: 'harbour', currency: 'CNY' },
    account: { scheme: 'OTHER', id: 'HARBOURRIOTINTOCNY1' },
  },
  ...{ numerator: '71387', denominator: '10000', source: 'CFETS', quotedAt: `${day}T01:15:00Z` },
  ...{ valueDate: addDays(day, 2), expiresOn: addDays(day, 2) },
});

async function outcomeAt(scene: Scene, bank: string, { money: [{ legId }] }: Exchange): Promise<string> {
  return scene.read(bank, async ({ book }) => {
    const { record } = await book.leg.get(legId);
    for await (const { id, record: outcome } of book.outcome.all())
      if (id === record.batchId && outcome !== undefined) return outcome.state;
    return 'no outcome';
  });
}

async function sayOutcome(scene: Scene, exchange: Exchange): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (const bank of ['harbour', 'southern']) outcomes.push(await outcomeAt(scene, bank, exchange));
  scene.note(`    Harbour Bank's book: ${outcomes[0] ?? ''}; Southern Bank's book: ${outcomes[1] ?? ''}`);
  return outcomes;
}

/** Both banks block, and both amounts are paid. */
async function bothBlock(scene: Scene): Promise<boolean> {
  scene.note('\n1. Both banks block');
  const exchange = drawExchange(scene, termsOn(scene.date, '100000050'));
  await instructExchange(scene, exchange);
  await settleExchange(scene, exchange);
  await sayWhoSeesWhat(scene, exchange);
  return (await sayOutcome(scene, exchange)).every((state) => state === 'COMMITTED');
}

/** One bank does not block: after the last day the other gives its money free. */
async function oneDoesNotBlock(scene: Scene): Promise<boolean> {
  scene.note('\n2. One bank does not block');
  const exchange = drawExchange(scene, termsOn(scene.date, '50000000'));
  await instructExchange(scene, exchange);
  const [usd] = exchange.money;
  const { legId } = usd;
  await block(scene, usd);
  const pays = { legId, uetr: randomUUID(), currency: usd.currency, amount: usd.amount };
  await scene.refused('pay before the batch is committed', 'harbour', 'Checker', 'OUTCOME_MISSING', ({ payment }) =>
    payment.report({ ...pays, ...statusReport(pays, scene.date) }),
  );
  await scene.refused('give it free before the last day is over', 'harbour', 'Checker', 'BATCH_OPEN', ({ cash }) =>
    cash.unblock({ legId }),
  );
  const after = addDays(exchange.expiresOn, 1);
  scene.note(`The last day, ${exchange.expiresOn}, goes by. It is ${after}.`);
  await scene.quietly(() => moveBusinessDate(scene, after));
  await scene.step(`give ${say(usd)} free`, 'harbour', 'Checker', ({ cash }) => cash.unblock({ legId }));
  const late = await commitment(scene, 'rio-tinto', exchange);
  await scene.refused('commit after the last day', 'rio-tinto', 'Checker', 'NOT_PROVEN', ({ batch }) =>
    batch.commit(late),
  );
  scene.note('Nobody has paid, and nothing is blocked any more. Nobody had to trust the other.');
  return (await sayOutcome(scene, exchange)).every((state) => state === 'no outcome');
}

async function play(scene: Scene): Promise<boolean> {
  scene.note(
    'Rio Tinto sells dollars for yuan to Pilbara Mining. Its dollars are at Harbour Bank, the yuan at Southern Bank.',
  );
  const isPaid = await bothBlock(scene);
  const isFree = await oneDoesNotBlock(scene);
  return isPaid && isFree;
}

runProgram({
  name: 'pvp',
  shows: `Exchanges dollars for yuan, payment against payment: both amounts are blocked at their banks, and released together. Then
shows that nobody loses anything where one bank does not block.`,
  prepare: async () => {
    const cast = await castWith(['rio-tinto', 'pilbara-mining', 'baowu'], HARBOUR, SOUTHERN);
    return { cast, sceneOn: (network, open, printer) => new Scene(network, open, cast, printer), play };
  },
});
