/**
 * `npm run discount`: Rio Tinto asks three banks what they would pay today for Ansteel's promise, compares two quotes, accepts one, and delivers its slices
 * against the money.
 */
import { addDays } from '@tenor/client';
import { castWith, HARBOUR, party, SOUTHERN } from '../scene/cast.js';
import { issue } from '../scene/issuing.js';
import { say } from '../scene/money.js';
import { nameOf } from '../scene/names.js';
import { runProgram } from '../scene/program.js';
import { Scene } from '../scene/scene.js';
import { sayWhoSeesWhat } from '../scene/views.js';
import {
  accept,
  ask,
  best,
  deliver,
  quote,
  sayWhoWasAsked,
  sellAtOnce,
  type ForSale,
  type Seller,
  type Until,
} from './discount.js';

/** A third bank that is asked. */
const EASTERN = party('eastern', 'fourth-bank', 'Eastern Bank', 'DEMO00EASTERNBANK026', 'bank');
const FUNDERS = ['icbc', 'harbour', 'eastern'];

const CURRENCY = 'USD';
const PROMISED = '1000000000';
/** In what parts Rio Tinto has it. The first two are sold to the bank that pays most, the last one to the bank that confirmed it. */
const PARTS = ['400000000', '200000000', '400000000'];

/** Ansteel's promise to Rio Tinto in parts. */
async function promise(scene: Scene, folder: string): Promise<readonly ForSale[]> {
  const terms = { issuer: 'ansteel', bank: 'icbc', payee: 'rio-tinto', currency: CURRENCY, amount: PROMISED };
  const { sliceId } = await issue(scene, { ...terms, dueDate: '2027-03-23' }, folder);
  const partIds = PARTS.map(() => scene.newIdBeside('rio-tinto', sliceId));
  await scene.step('split the slice', 'rio-tinto', 'Checker', ({ slice }) =>
    slice.split({ sliceId, partIds, amounts: PARTS }),
  );
  return PARTS.map((amount, index) => ({ sliceId: partIds[index] ?? '', currency: CURRENCY, amount }));
}

/** Who holds the slices now, and who answers for them, from the register. */
async function sayHolders(scene: Scene, slices: readonly ForSale[]): Promise<boolean> {
  const nameAt = (lei: string): string => scene.cast.parties.find((each) => each.lei === lei)?.name ?? lei;
  scene.note("\nIn ICBC's register");
  const holders: string[] = [];
  for (const { sliceId } of slices) {
    const { record } = await scene.read('icbc', ({ book }) => book.slice.get(sliceId));
    const liable = (record.liable ?? []).map((each) => nameAt(each.party)).join(', ');
    scene.note(
      `    slice of ${say(record)}, ${record.state}: ${nameAt(record.holder)}; answers with recourse: ${liable}`,
    );
    holders.push(record.holder);
  }
  return holders.every((holder) => holder === HARBOUR.lei);
}

async function play(scene: Scene, folder: string): Promise<boolean> {
  const promised = say({ currency: CURRENCY, amount: PROMISED });
  scene.note(
    `Ansteel has promised Rio Tinto ${promised} on 2027-03-23, and ICBC has confirmed it. Rio Tinto wants money today for 60 % of it.\n`,
  );
  const parts = await scene.quietly(() => promise(scene, folder));
  const slices = parts.slice(0, 2);
  const sold: Seller = {
    ...{ seller: 'rio-tinto', slices, payeeBank: 'southern' },
    account: { scheme: 'OTHER', id: 'SOUTHERNRIOTINTOUSD1' },
  };
  const until = { expiresOn: addDays(scene.date, 7) };
  const requests = await ask(scene, sold, FUNDERS, until);
  await quote(scene, 'icbc', requests.get('icbc') ?? '', {
    rate: '3.10',
    dayCount: 'ACT/360',
    fee: '0',
    recourse: true,
  });
  await quote(scene, 'harbour', requests.get('harbour') ?? '', {
    rate: '2.85',
    dayCount: 'ACT/360',
    fee: '10000',
    recourse: true,
  });
  scene.note(`${nameOf(EASTERN)} does not want it, and says nothing: its request ends on ${until.expiresOn}.`);
  const theirs = requests.get('harbour') ?? '';
  await scene.refused("read another bank's request", 'icbc', 'Checker', 'NOT_FOUND', ({ book }) =>
    book.financingRequest.get(theirs),
  );
  const counts = await sayWhoWasAsked(scene, FUNDERS);
  const taken = await best(scene, sold);
  await accept(scene, sold, taken);
  await sayWhoSeesWhat(scene, await deliver(scene, sold, taken, until));
  const isSold = await sayHolders(scene, slices);
  const isPaid = await sellRest(scene, parts.slice(2), until);
  return isSold && isPaid && counts.every((count) => count === 1) && taken.funder === HARBOUR.lei;
}

/** ICBC keeps both the slice and an account of Rio Tinto. @returns whether it owes what was accepted */
async function sellRest(scene: Scene, slices: readonly ForSale[], until: Until): Promise<boolean> {
  scene.note(
    '\nRio Tinto sells the rest to ICBC, which keeps the slice and has an account of Rio Tinto. Nobody else has to see anything of it, so ICBC settles by one call.\n',
  );
  const account = { scheme: 'OTHER', id: 'ICBCRIOTINTOUSD1' } as const;
  const terms = { rate: '3.10', dayCount: 'ACT/360', fee: '0', recourse: false } as const;
  const owed = await sellAtOnce(scene, { seller: 'rio-tinto', slices, payeeBank: 'icbc', account }, { terms, until });
  const icbc = scene.lei('icbc');
  const holders: string[] = [];
  for (const { sliceId } of slices)
    holders.push((await scene.read('icbc', ({ book }) => book.slice.get(sliceId))).record.holder);
  const isHeld = holders.every((holder) => holder === icbc);
  scene.note(
    `\nICBC ${isHeld ? 'holds the slice' : 'does not hold the slice'}, and owes ${say(owed)} on ${owed.cash?.valueDate ?? ''}.`,
  );
  return isHeld && owed.cash?.payerBank === icbc;
}

runProgram({
  name: 'discount',
  shows: `A supplier asks three banks what they would pay today for a promise that is due in four months. Each sees its own request only; two
quote. The supplier compares, accepts one quote, and delivers its slices against the money. The rest it sells to the bank that confirmed
the promise, which settles by one call.`,
  prepare: async () => {
    const cast = await castWith(['ansteel', 'icbc', 'rio-tinto', 'baowu'], HARBOUR, SOUTHERN, EASTERN);
    return { cast, sceneOn: (network, open, printer) => new Scene(network, open, cast, printer), play };
  },
});
