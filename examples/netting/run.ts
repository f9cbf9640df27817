/**
 * `npm run netting`: four companies owe each other in a circle. All four promises are given back in one batch, and two payments of the differences settle
 * what would else take four payments of the whole.
 */
import { addDays } from '@tenor/client';
import { castWith, party, SOUTHERN } from '../scene/cast.js';
import { desksOf } from '../scene/desks.js';
import { issue } from '../scene/issuing.js';
import { say } from '../scene/money.js';
import { runProgram } from '../scene/program.js';
import { Scene } from '../scene/scene.js';
import { sayWhoSeesWhat } from '../scene/views.js';
import { sayObligations } from '../reconciliation/say.js';
import { attemptWithoutMoney, drawNetting, instructNetting, settleNetting, type Debt, type Difference } from './net.js';

const COMPANIES = [
  party('ansteel', 'mill', 'Ansteel International Trade', 'DEMO00ANSTEELTRADE98', 'issuer', 'supplier'),
  party('rio-tinto', 'mine', 'Rio Tinto Iron Ore', 'DEMO00RIOTINTOIRON56', 'issuer', 'supplier'),
  party('north-rail', 'railway', 'North Railway', 'DEMO00NORTHRAILWAY20', 'issuer', 'supplier'),
  party('pilbara-power', 'power', 'Pilbara Power', 'DEMO00PILBARAPOWER50', 'issuer', 'supplier'),
];

/** Who owes whom, and for what. */
const OWED = [
  ['ansteel', 'rio-tinto', '10000000000', 'ore'],
  ['rio-tinto', 'north-rail', '8000000000', 'freight'],
  ['north-rail', 'pilbara-power', '11000000000', 'electricity'],
  ['pilbara-power', 'ansteel', '8000000000', 'steel'],
] as const;

const CURRENCY = 'CNY';
/** A promise nets only with others of one payment date. */
const DUE = '2027-03-23';

const between = { currency: CURRENCY, payerBank: 'icbc', payeeBank: 'southern' };
/** What each gives back less than it gets, it pays to its neighbour in the circle. */
const DIFFERENCES: readonly Difference[] = [
  {
    ...{ ...between, from: 'ansteel', to: 'rio-tinto', amount: '2000000000' },
    account: { scheme: 'OTHER', id: 'SOUTHERNRIOTINTOCNY1' },
  },
  {
    ...{ ...between, from: 'north-rail', to: 'pilbara-power', amount: '3000000000' },
    account: { scheme: 'OTHER', id: 'SOUTHERNPOWERCNY1' },
  },
];

/** The bank confirms what each promises to the next. */
async function owe(scene: Scene, folder: string): Promise<readonly Debt[]> {
  const debts: Debt[] = [];
  for (const [debtor, creditor, amount, what] of OWED) {
    scene.note(`    ${debtor} owes ${creditor} ${say({ currency: CURRENCY, amount })} for ${what}`);
    const promised = { issuer: debtor, bank: 'icbc', payee: creditor, currency: CURRENCY, amount, dueDate: DUE };
    const issued = await scene.quietly(() => issue(scene, promised, folder));
    debts.push({ debtor, creditor, currency: CURRENCY, amount, bank: 'icbc', ...issued });
  }
  return debts;
}

async function sayWhatIsOwed(scene: Scene, title: string): Promise<void> {
  scene.note(`\n${sayObligations(title, scene.cast.parties, await desksOf(scene)).trimEnd()}`);
}

async function play(scene: Scene, folder: string): Promise<boolean> {
  scene.note('Four companies owe each other in a circle. ICBC has confirmed all four promises.');
  const debts = await owe(scene, folder);
  await sayWhatIsOwed(scene, 'Before the netting');
  scene.note('\nThe netting');
  const batch = drawNetting(scene, debts, DIFFERENCES, addDays(scene.date, 7));
  await instructNetting(scene, batch);
  const [first] = batch.money;
  if (first !== undefined) await attemptWithoutMoney(scene, batch, first);
  await settleNetting(scene, batch, debts, 'ansteel');
  await sayWhoSeesWhat(scene, batch);
  await sayWhatIsOwed(scene, 'After the netting');
  const states = await scene.read('icbc', ({ book }) =>
    Promise.all(debts.map(async ({ sliceId }) => (await book.slice.get(sliceId)).record.state)),
  );
  return states.every((state) => state === 'PAID');
}

runProgram({
  name: 'netting',
  shows: `Four companies owe each other in a circle. Their promises are closed together in one batch, and only the differences are paid.`,
  prepare: async () => {
    const cast = await castWith(['icbc', 'baowu'], ...COMPANIES, SOUTHERN);
    return { cast, sceneOn: (network, open, printer) => new Scene(network, open, cast, printer), play };
  },
});
