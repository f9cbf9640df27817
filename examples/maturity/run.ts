/**
 * `npm run maturity`: ICBC settles everything that is due on a day by one call. It is interrupted in the middle and called again by a process that remembers
 * nothing: what was done stands on the ledger, and nothing is paid twice.
 */
import {
  addDays,
  addMonths,
  ERRORS,
  MATURITY_REASONS,
  maturityRun,
  newReference,
  type MaturitySummary,
} from '@tenor/client';
import { castWith, HARBOUR, SOUTHERN } from '../scene/cast.js';
import { moveBusinessDate } from '../scene/founding.js';
import { issue } from '../scene/issuing.js';
import { say } from '../scene/money.js';
import { nameOf } from '../scene/names.js';
import { attestCredit, creditNotification } from '../scene/payments.js';
import { column } from '../scene/print.js';
import { runProgram } from '../scene/program.js';
import { Scene } from '../scene/scene.js';
import { PaymentSystem } from './paymentSystem.js';

const DUE = '2027-03-23';
/** The two certificates that are due, in slices of a million each. */
const CERTIFICATES = [
  { currency: 'USD', parts: 12, passedOn: 4 },
  { currency: 'CNY', parts: 8, passedOn: 2 },
] as const;
const MILLION = '100000000';

/** Where the holders want the money. */
const HOLDERS = [
  { holder: 'rio-tinto', payeeBank: 'southern', account: 'SOUTHERNRIOTINTO1' },
  { holder: 'pilbara-mining', payeeBank: 'harbour', account: 'HARBOURPILBARA1' },
] as const;

/** After so many steps the first run is interrupted. */
const INTERRUPTED_AFTER = 3;

/** A slice passes to the contractor. */
async function passOn(scene: Scene, sliceId: string): Promise<void> {
  const transferId = newReference();
  await scene.underFourEyes('offer the slice', 'rio-tinto', 'slice:offer', {
    ...{ sliceId, transferId, transferee: scene.lei('pilbara-mining'), expiresOn: addDays(scene.date, 7) },
  });
  await scene.step('accept the slice', 'pilbara-mining', 'Checker', ({ slice }) =>
    slice.accept({ sliceId, transferId }),
  );
}

/** Issues the certificates, splits them, and passes some slices on. @returns the certificates' ids */
async function promiseAll(scene: Scene, folder: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const { currency, parts, passedOn } of CERTIFICATES) {
    const amount = (BigInt(MILLION) * BigInt(parts)).toString();
    const promised = { issuer: 'ansteel', bank: 'icbc', payee: 'rio-tinto', currency, amount, dueDate: DUE };
    const { sliceId, certificateId } = await issue(scene, promised, folder);
    const partIds = Array.from({ length: parts }, () => scene.newIdBeside('rio-tinto', sliceId));
    await scene.step('split the slice', 'rio-tinto', 'Checker', ({ slice }) =>
      slice.split({ sliceId, partIds, amounts: partIds.map(() => MILLION) }),
    );
    for (const part of partIds.slice(0, passedOn)) await passOn(scene, part);
    ids.push(certificateId);
  }
  return ids;
}

/** The holders let ICBC present for them. They can take that back at any time before the day. */
async function giveMandates(scene: Scene): Promise<void> {
  for (const { holder, payeeBank, account } of HOLDERS)
    await scene.underFourEyes('let icbc present what is due', holder, 'mandate:give', {
      ...{ mandateId: scene.newId(holder), holder: scene.lei(holder), bank: scene.lei('icbc') },
      ...{ payeeBank: scene.lei(payeeBank), account: { scheme: 'OTHER' as const, id: account } },
      until: addMonths(scene.date, 12),
    });
}

const meaningOf = (reason: string): string =>
  Object.entries({ ...ERRORS, ...MATURITY_REASONS }).find(([code]) => code === reason)?.[1] ?? '';

/** What is left, each step and reason once, with what to do. */
function leftOf({ left }: MaturitySummary): readonly string[] {
  const counts = new Map<string, number>();
  for (const { step, reason, due } of left) {
    const why = `at ${step}: ${reason}. ${meaningOf(reason)}`;
    counts.set(why, (counts.get(why) ?? 0) + due);
  }
  return [...counts].map(([why, count]) => `${String(count)} slices are left ${why}`);
}

/** Runs once, by a client that remembers nothing, and says what was done and what is left. */
async function runOnce(scene: Scene, payments: PaymentSystem, interruptedAfter = Infinity): Promise<MaturitySummary> {
  const stop = new AbortController();
  let steps = 0;
  const summary = await maturityRun(scene.fresh('icbc', 'Checker'), {
    ...{ dueOn: DUE, payments, sideBySide: 1, signal: stop.signal },
    onProgress: ({ step, due, transactionId }) => {
      steps += 1;
      scene.note(`ok  ${column(step, 10)} ${column(`${String(due)} slices`, 10)} ${transactionId?.slice(0, 12) ?? ''}`);
      if (steps === interruptedAfter) stop.abort();
    },
  });
  const done = Object.entries(summary.done).map(([step, count]) => `${step} ${String(count)}`);
  scene.note(`    of ${String(summary.due)} slices that are due, so many took each step: ${done.join(', ')}`);
  for (const line of leftOf(summary)) scene.note(`    ${line}`);
  if (summary.left.length === 0) scene.note('    nothing is left');
  return summary;
}

/** The payees' banks attest every credit that has come. */
async function attestAll(scene: Scene, { sent }: PaymentSystem): Promise<void> {
  for (const { presentmentId, payeeBank, account, ...paid } of sent) {
    const bank = scene.cast.parties.find(({ lei }) => lei === payeeBank)?.key ?? '';
    await attestCredit(scene, bank, { presentmentId }, creditNotification(paid, account, scene.date));
  }
}

/** What everybody sees of the presentments in its own book. */
async function sayWhoSeesWhat(scene: Scene): Promise<void> {
  scene.note('\nHow many presentments each sees, in its own book');
  for (const party of scene.cast.parties) {
    const amounts = await scene.read(party.key, async ({ book }) => {
      const found: string[] = [];
      for await (const { record } of book.presentment.all()) if (record !== undefined) found.push(say(record));
      return found.sort();
    });
    scene.note(`    ${column(nameOf(party), 27)} ${amounts.length === 0 ? 'none' : amounts.join(', ')}`);
  }
}

/** Each presentment was paid once, and all certificates are settled. */
async function isSettled(scene: Scene, { sent }: PaymentSystem, certificateIds: readonly string[]): Promise<boolean> {
  const paid = new Map<string, bigint>();
  for (const { currency, amount } of sent) paid.set(currency, (paid.get(currency) ?? 0n) + BigInt(amount));
  const totals = [...paid].map(([currency, amount]) => say({ currency, amount })).sort();
  const presented = new Set(sent.map(({ presentmentId }) => presentmentId));
  scene.note(
    `\n${String(sent.length)} payments were sent for ${String(presented.size)} presentments: ${totals.join(' and ')}`,
  );
  const states = await scene.read('icbc', ({ book }) =>
    Promise.all(certificateIds.map(async (id) => (await book.status.get(id)).record.state)),
  );
  scene.note(`The certificates are ${[...new Set(states)].join(', ')}.`);
  const isWhole = CERTIFICATES.every(({ currency, parts }) => paid.get(currency) === BigInt(MILLION) * BigInt(parts));
  return isWhole && presented.size === sent.length && states.every((state) => state === 'SETTLED');
}

async function play(scene: Scene, folder: string): Promise<boolean> {
  scene.note(
    `Ansteel has promised USD 12 m and CNY 8 m for ${DUE}, which Rio Tinto and Pilbara Mining hold in slices of a million.\n`,
  );
  const certificateIds = await scene.quietly(() => promiseAll(scene, folder));
  await giveMandates(scene);
  await scene.quietly(() => moveBusinessDate(scene, DUE));
  const payments = new PaymentSystem(DUE, folder);
  scene.note(`\n1. It is ${DUE}. ICBC runs, and is interrupted after ${String(INTERRUPTED_AFTER)} steps`);
  await runOnce(scene, payments, INTERRUPTED_AFTER);
  scene.note('\n2. Another process of ICBC runs again: it finds on the ledger what was done');
  await runOnce(scene, payments);
  scene.note("\n3. The payees' banks attest what has come");
  await attestAll(scene, payments);
  scene.note('\n4. ICBC runs once more');
  const { left } = await runOnce(scene, payments);
  await sayWhoSeesWhat(scene);
  return (await isSettled(scene, payments, certificateIds)) && left.length === 0;
}

runProgram({
  name: 'maturity',
  shows: `A bank settles everything that is due on a day by one call, is interrupted in the middle, and is called again: nothing is lost, and
nothing is paid twice.`,
  prepare: async () => {
    const cast = await castWith(['ansteel', 'icbc', 'rio-tinto', 'pilbara-mining', 'baowu'], HARBOUR, SOUTHERN);
    return { cast, sceneOn: (network, open, printer) => new Scene(network, open, cast, printer), play };
  },
});
