/**
 * Measures how the cost of commands and lists changes as the ledger grows. Networks that differ only in how many slices the books hold
 * run at the same time and are measured in turn, so that changes of the machine's speed affect all of them alike.
 */
import { randomInt } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { send, type Sample } from './calls.js';
import { draftsOf } from './drafts.js';
import { fillBooks } from './fillBooks.js';
import { ACCEPT, CONFIRM, OFFER } from './lanes.js';
import { measure, warmUp, type Job, type Measured, type Series } from './measure.js';
import type { Options } from './options.js';
import { gather, type Cast } from './people.js';
import { processesOf, type Processes } from './cpu.js';
import { median, rounded } from './statistics.js';
import { Stock } from './stock.js';
import { openTestNetwork, type TestNetwork } from './testNetwork.js';

/** Slices of one page: what a list gives when it is asked for no other number. */
const PAGE = 100;
/** Aim: costs at most 10 % apart. */
export const APART_MAX = 1.1;

/** One operation at one size, medians of the repeats. */
export interface GrowthFigure {
  readonly slices: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  /** CPU milliseconds of peers, orderer and chaincodes for one valid call. */
  readonly networkCpuMs: number;
  readonly invalid: number;
}

/** One operation at every size. */
export interface Growth {
  readonly name: string;
  readonly figures: readonly GrowthFigure[];
  /** Calls a second with the fewest slices, to those with the most; by repeat. */
  readonly slowdowns: readonly number[];
  /** Network CPU of a call with the most slices, to that with the fewest; by repeat. */
  readonly cpuRatios: readonly number[];
}

interface Ledger {
  readonly slices: number;
  readonly test: TestNetwork;
  readonly cast: Cast;
  readonly series: readonly Series[];
  readonly processes: Processes;
}

/** A page from somewhere in the book, and always a full one. */
async function readPage({ supplier }: Cast, ids: readonly string[], known: ReadonlySet<string>): Promise<Sample> {
  const start = performance.now();
  const bookmark = ids.length > PAGE ? ids[randomInt(ids.length - PAGE)] : undefined;
  const page = await supplier.checker.tenor.book.slice.list({
    limit: PAGE,
    ...(bookmark === undefined ? {} : { bookmark }),
  });
  const full = page.items.length >= Math.min(PAGE, ids.length);
  // What the measured transfers have moved on is superseded; what was filled in never moves.
  const right = full && page.items.every(({ id, current }) => current || !known.has(id));
  return {
    outcome: right ? 'VALID' : 'WRONG PAGE',
    timing: { plan: 0, endorse: performance.now() - start, submit: 0, commit: 0 },
  };
}

const COMMANDS: readonly string[] = [CONFIRM, OFFER, ACCEPT];

function seriesOf(cast: Cast, stock: Stock, ids: readonly string[], { lines, inFlight, bulk }: Options): Series[] {
  const common = { subject: 'whole', mode: 'load', units: 1 } as const;
  const commands = draftsOf(cast, stock, bulk).flatMap(({ name, prepare }): Series[] => {
    const supply = async (count: number): Promise<Job[]> =>
      (await prepare(count)).map(
        ({ call }) =>
          () =>
            send(call),
      );
    return COMMANDS.includes(name) ? [{ ...common, command: name, inFlight, round: lines, supply }] : [];
  });
  const known = new Set(ids);
  const list = (count: number): Promise<Job[]> =>
    Promise.resolve(Array.from({ length: count }, () => () => readPage(cast, ids, known)));
  return [
    ...commands,
    { ...common, command: `list my slices, a page of ${String(PAGE)}`, inFlight: 2, round: 50, supply: list },
  ];
}

async function ledgerOf(slices: number, options: Options, say: (line: string) => void): Promise<Ledger> {
  const test = await openTestNetwork(options, say);
  try {
    const cast = await gather(test.network);
    const stock = await Stock.open(cast, options.lines);
    const start = performance.now();
    const ids = await fillBooks(test.network, cast, stock, slices);
    say(`${String(slices)} slices are in the books after ${((performance.now() - start) / 1000).toFixed(0)} s`);
    const series = seriesOf(cast, stock, ids, options);
    for (const each of series) await warmUp(each, Math.min(each.round, 32));
    return { slices, test, cast, series, processes: await processesOf(test.network) };
  } catch (error) {
    await test.close();
    throw error;
  }
}

/** Measures one operation in every ledger; every second repeat goes the other way round: what comes first has no advantage. */
async function inTurn(
  ledgers: readonly Ledger[],
  index: number,
  repeat: number,
  { seconds, repeats }: Options,
  say: (line: string) => void,
): Promise<Measured[]> {
  const row: Measured[] = [];
  for (const ledger of repeat % 2 === 1 ? ledgers : [...ledgers].reverse()) {
    const series = ledger.series[index];
    if (series === undefined) throw new Error('a ledger lacks an operation');
    const result = await measure(series, seconds, ledger.processes);
    row[ledgers.indexOf(ledger)] = result;
    const place = `${String(repeat)}/${String(repeats)} ${series.command}, ${String(ledger.slices)} slices`;
    say(`${place}: ${result.perSecond.toFixed(1)}/s`);
  }
  return row;
}

/** Measures everything in every ledger, repeat by repeat, with half as many lines and calls in flight as the rest of the run. */
export async function growth(options: Options, say: (line: string) => void): Promise<Growth[]> {
  const modest = { ...options, lines: Math.ceil(options.lines / 2), inFlight: Math.ceil(options.inFlight / 2) };
  const ledgers: Ledger[] = [];
  try {
    for (const slices of options.growth) ledgers.push(await ledgerOf(slices, modest, say));
    const names = (ledgers[0]?.series ?? []).map(({ command }) => command);
    const measured = names.map((): Measured[][] => []);
    for (let repeat = 1; repeat <= options.repeats; repeat++)
      for (const [index, rows] of measured.entries()) rows.push(await inTurn(ledgers, index, repeat, options, say));
    return names.map((name, index) => growthOf(name, options.growth, measured[index] ?? []));
  } finally {
    for (const { cast, test } of ledgers) {
      cast.close();
      await test.close();
    }
  }
}

const networkCpu = ({ cpuMs, valid }: Measured): number =>
  Object.entries(cpuMs).reduce((sum, [name, ms]) => (name === 'client' ? sum : sum + ms), 0) / Math.max(1, valid);

/** Figures and ratios of one operation; `repeats` holds a measurement for each size. */
export function growthOf(name: string, sizes: readonly number[], repeats: readonly (readonly Measured[])[]): Growth {
  const middle = (index: number, figure: (measured: Measured) => number): number =>
    rounded(median(repeats.flatMap((row) => row.slice(index, index + 1)).map(figure)));
  const figures = sizes.map((slices, index) => ({
    slices,
    perSecond: middle(index, ({ perSecond }) => perSecond),
    p50Ms: middle(index, ({ latencyMs }) => latencyMs.whole.p50),
    networkCpuMs: middle(index, networkCpu),
    invalid: repeats.reduce((sum, row) => sum + (row[index]?.transactions ?? 0) - (row[index]?.valid ?? 0), 0),
  }));
  const ratios = (figure: (few: Measured, many: Measured) => number): number[] =>
    repeats.flatMap((row) => {
      const [few, many] = [row[0], row.at(-1)];
      return few === undefined || many === undefined ? [] : [rounded(figure(few, many))];
    });
  return {
    ...{ name, figures },
    slowdowns: ratios((few, many) => few.perSecond / Math.max(1e-9, many.perSecond)),
    cpuRatios: ratios((few, many) => networkCpu(many) / Math.max(1e-9, networkCpu(few))),
  };
}
