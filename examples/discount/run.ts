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
import { accept, ask, best, deliver, quote, sayWhoWasAsked, type ForSale, type Seller } from './discount.js';

/** A third bank that is asked. */
const EASTERN = party('eastern', 'fourth-bank', 'Eastern Bank', 'DEMO00EASTERNBANK026', 'bank');
const FUNDERS = ['icbc', 'harbour', 'eastern'];

const CURRENCY = 'USD';
const PROMISED = '1000000000';
/** In what parts Rio Tinto has it. The first two are for sale. */
const PARTS = ['400000000', '200000000', '400000000'];

/** Ansteel's promise to Rio Tinto in parts, of which some are for sale. */
async function promise(scene: Scene, folder: string): Promise<readonly ForSale[]> {
  const terms = { issuer: 'ansteel', bank: 'icbc', payee: 'rio-tinto', currency: CURRENCY, amount: PROMISED };
  const { sliceId } = await issue(scene, { ...terms, dueDate: '2027-03-23' }, folder);
  const partIds = PARTS.map(() => scene.newIdBeside('rio-tinto', sliceId));
  await scene.step('split the slice', 'rio-tinto', 'Checker', ({ slice }) =>
    slice.split({ sliceId, partIds, amounts: PARTS }),
  );
  const parts = PARTS.map((amount, index) => ({ sliceId: partIds[index] ?? '', currency: CURRENCY, amount }));
  return parts.slice(0, 2);
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
  const slices = await scene.quietly(() => promise(scene, folder));
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
  return isSold && counts.every((count) => count === 1) && taken.funder === HARBOUR.lei;
}

runProgram({
  name: 'discount',
  shows: `A supplier asks three banks what they would pay today for a promise that is due in four months. Each sees its own request only; two
quote. The supplier compares, accepts one quote, and delivers its slices against the money.`,
  prepare: async () => {
    const cast = await castWith(['ansteel', 'icbc', 'rio-tinto', 'baowu'], HARBOUR, SOUTHERN, EASTERN);
    return { cast, sceneOn: (network, open, printer) => new Scene(network, open, cast, printer), play };
  },
});
