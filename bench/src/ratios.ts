/** The ratios that the aims are about. Each is taken within a repeat, of series measured one after the other, and the median is given. */
import { BASELINE } from './baselines.js';
import type { Batched } from './batches.js';
import type { Contended } from './contention.js';
import { APART_MAX, type Growth } from './growth.js';
import { ACCEPT, bulkOf, CONFIRM, FIRST, isBulk, OFFER } from './lanes.js';
import { toAssets, type Matured } from './maturity.js';
import type { Measured, Mode, Subject } from './measure.js';
import type { SeriesResult } from './result.js';
import { median, rounded } from './statistics.js';

/** One ratio with its aim, where there is one. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  readonly repeats: readonly number[];
  readonly aim?: string;
  readonly met?: boolean;
}

interface Side {
  readonly command: string;
  readonly mode: Mode;
  readonly subject: Subject;
  readonly figure: (measured: Measured) => number;
}

interface Definition {
  readonly name: string;
  readonly of: Side;
  readonly to: Side;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const sideOf = (command: string, mode: Mode, subject: Subject, figure: Side['figure']): Side => ({
  ...{ command, mode, subject, figure },
});
const throughput = (command: string, subject: Subject): Side =>
  sideOf(command, 'load', subject, ({ perSecond }) => perSecond);
const units = (command: string, subject: Subject): Side =>
  sideOf(command, 'load', subject, ({ unitsPerSecond }) => unitsPerSecond);
const alone = (command: string, subject: Subject): Side =>
  sideOf(command, 'alone', subject, ({ latencyMs }) => latencyMs.whole.p50);
const endorsed = (command: string, subject: Subject): Side =>
  sideOf(command, 'endorse', subject, ({ latencyMs }) => latencyMs.endorse.p50);
const clientCpu = (subject: Subject): Side =>
  sideOf(BASELINE, 'load', subject, ({ cpuMs, valid }) => (cpuMs['client'] ?? 0) / Math.max(1, valid));

type Bounds = Pick<Definition, 'atLeast' | 'atMost'>;

/** What every command is held against. That openings are fetched is counted in *whole* and not in *send*: both stand under the aim. */
function definitionsFor(command: string): Definition[] {
  const single = !isBulk(command);
  const first = FIRST.has(command);
  const when = (applies: boolean, bounds: Bounds): Bounds => (applies ? bounds : {});
  const asRaw: Bounds = single ? { atLeast: 0.95 } : when(first, { atLeast: 0.9 });
  return [
    {
      name: `${command}: throughput, send to raw write`,
      ...{ of: throughput(command, 'send'), to: throughput(command, 'raw'), ...asRaw },
    },
    {
      name: `${command}: throughput, whole to raw write`,
      ...{ of: throughput(command, 'whole'), to: throughput(command, 'raw'), ...asRaw },
    },
    {
      name: `${command}: p50 endorse only at 1 in flight, to no-op`,
      ...{ of: endorsed(command, 'send'), to: endorsed(command, 'noOp'), ...when(single, { atMost: 2 }) },
    },
    {
      name: `${command}: p50 endorse only at 1 in flight, to raw write`,
      ...{ of: endorsed(command, 'send'), to: endorsed(command, 'raw') },
    },
    {
      name: `${command}: p50 at 1 in flight, whole to no-op`,
      ...{ of: alone(command, 'whole'), to: alone(command, 'noOp'), ...when(first, { atMost: 1.15 }) },
    },
    {
      name: `${command}: operations a second, whole to plain asset create`,
      ...{ of: units(command, 'whole'), to: throughput(BASELINE, 'asset') },
    },
  ];
}

/** Aims that single commands are held to. */
const AIMED: readonly Definition[] = [
  ...(['send', 'whole'] as const).flatMap((subject): Definition[] => [
    {
      name: `${CONFIRM}: throughput, ${subject} to plain asset create`,
      ...{ of: throughput(CONFIRM, subject), to: throughput(BASELINE, 'asset'), atLeast: 0.66 },
    },
    {
      name: `${bulkOf(CONFIRM)}: certificates a second, ${subject} to plain asset create`,
      ...{ of: units(bulkOf(CONFIRM), subject), to: throughput(BASELINE, 'asset'), atLeast: 3 },
    },
    {
      name: `${bulkOf(CONFIRM)}: certificates a second, ${subject} to single ones`,
      ...{ of: units(bulkOf(CONFIRM), subject), to: units(CONFIRM, subject), atLeast: 4 },
    },
  ]),
  {
    name: 'client CPU of one put, ours to a stock client with its default signer',
    ...{ of: clientCpu('put'), to: clientCpu('stock'), atMost: 0.6 },
  },
];

const ATTEMPTS_MAX = 1.3;

/** What the contended line is held to: the bulk one has to get through in few attempts, and neither may lose a command. */
function crowdRatios(contended: readonly Contended[], hasAims: boolean): Ratio[] {
  return contended.flatMap(({ title, units: many, attemptsPerSuccess, lost }): Ratio[] => [
    {
      name: `${title}, all on one line: attempts a success`,
      ...{ value: attemptsPerSuccess, repeats: [attemptsPerSuccess] },
      ...(hasAims && many > 1 ? aimOf(attemptsPerSuccess, undefined, ATTEMPTS_MAX) : {}),
    },
    {
      name: `${title}, all on one line: commands lost`,
      ...{ value: lost, repeats: [lost], ...(hasAims ? aimOf(lost, undefined, 0) : {}) },
    },
  ]);
}

const SETTLED_MIN = 3;

/** What a maturity run is held to. */
function maturityRatio(matured: Matured, hasAims: boolean): Ratio {
  const repeats = toAssets(matured);
  const value = rounded(median(repeats));
  const name = `maturity run of ${String(matured.slices)} slices: slices a second to plain asset create`;
  return { name, value, repeats, ...(hasAims ? aimOf(value, SETTLED_MIN, undefined) : {}) };
}

/** Legs, time and bytes of the largest batch to the smallest: at most linear. And the step that settles two slices to a transfer of one. */
function batchRatios({ figures, transferMs, discount, transfer }: Batched, hasAims: boolean): Ratio[] {
  const [smallest, largest] = [figures[0], figures.at(-1)];
  if (smallest === undefined || largest === undefined) return [];
  const sizes = `${String(smallest.legs)} to ${String(largest.legs)} legs`;
  const most = largest.legs / smallest.legs;
  const ratio = (name: string, value: number, atMost: number): Ratio => ({
    ...{ name, value: rounded(value), repeats: [rounded(value)] },
    ...(hasAims ? aimOf(value, undefined, atMost) : {}),
  });
  const grown = (['commitMs', 'commitBytes', 'settleMs', 'settleBytes'] as const).map((figure) =>
    ratio(`batch, ${sizes}: ${figure}`, largest[figure] / Math.max(1, smallest[figure]), most),
  );
  return [
    ...grown,
    ratio('batch of 2 legs: settled at once, to a transfer', smallest.settleMs / transferMs, SETTLED_MAX),
    ratio(
      'accepting and settling a discount at one bank, to a whole transfer: time',
      discount.ms / transfer.ms,
      SETTLED_MAX,
    ),
    ratio(
      'accepting and settling a discount at one bank, to a whole transfer: CPU',
      discount.cpuMs / Math.max(1, transfer.cpuMs),
      SETTLED_MAX,
    ),
  ];
}

/** What settling may cost beside a transfer. */
const SETTLED_MAX = 1.5;

/** Fewest slices to most: both how long a call takes under load and what it costs the network. */
function growthRatios(growth: readonly Growth[], hasAims: boolean): Ratio[] {
  return growth.flatMap(({ name, figures, slowdowns, cpuRatios }) => {
    const sizes = [figures.at(-1), figures[0]].map((figure) => String(figure?.slices ?? 0)).join(' to ');
    const ratio = (what: string, repeats: readonly number[]): Ratio => {
      const value = rounded(median(repeats));
      return {
        name: `${name}: ${what}, ${sizes} slices`,
        value,
        repeats,
        ...(hasAims ? aimOf(value, undefined, APART_MAX) : {}),
      };
    };
    return [ratio('time under load', slowdowns), ratio("network's CPU", cpuRatios)];
  });
}

/** What the ratios are taken from. */
export interface Measurements {
  readonly series: readonly SeriesResult[];
  readonly contended: readonly Contended[];
  readonly matured: readonly Matured[];
  readonly batched: readonly Batched[];
  readonly growth: readonly Growth[];
}

/** All ratios whose two sides were measured, those with an aim first. The aims are for real Fabric. */
export function ratiosOf({ series, contended, matured, batched, growth }: Measurements, hasAims: boolean): Ratio[] {
  const ratios = [
    ...seriesRatios(series, hasAims),
    ...crowdRatios(contended, hasAims),
    ...matured.map((each) => maturityRatio(each, hasAims)),
    ...batched.flatMap((each) => batchRatios(each, hasAims)),
    ...growthRatios(growth, hasAims),
  ];
  return [...ratios.filter(({ aim }) => aim !== undefined), ...ratios.filter(({ aim }) => aim === undefined)];
}

function seriesRatios(series: readonly SeriesResult[], hasAims: boolean): Ratio[] {
  const figuresOf = ({ command, mode, subject, figure }: Side): number[] =>
    series
      .find((each) => each.command === command && each.mode === mode && each.subject === subject)
      ?.repeats.map(figure) ?? [];
  const commands = [...new Set(series.map(({ command }) => command))].filter((command) => command !== BASELINE);
  return [...AIMED, ...commands.flatMap(definitionsFor)].flatMap(({ name, of, to, atLeast, atMost }) => {
    const below = figuresOf(to);
    const repeats = figuresOf(of).flatMap((figure, index) =>
      (below[index] ?? 0) > 0 ? [rounded(figure / (below[index] ?? 1))] : [],
    );
    if (repeats.length === 0) return [];
    const value = rounded(median(repeats));
    return [{ name, value, repeats, ...(hasAims ? aimOf(value, atLeast, atMost) : {}) }];
  });
}

function aimOf(value: number, atLeast: number | undefined, atMost: number | undefined): Pick<Ratio, 'aim' | 'met'> {
  if (atLeast !== undefined) return { aim: `at least ${String(atLeast)}`, met: value >= atLeast };
  if (atMost !== undefined) return { aim: `at most ${String(atMost)}`, met: value <= atMost };
  return {};
}

/** A transfer is an offer and an acceptance, one after the other. */
export interface WholeTransfer {
  readonly subject: Subject;
  /** Transfers a second where offers and acceptances share the machine: both parts' time for one transaction, added up. */
  readonly perSecond: number;
  /** Sum of both parts' p50 at 1 in flight; absent where that was not measured. */
  readonly p50Ms?: number;
}

/** Whole transfers, from their parts. */
export function transfersOf(series: readonly SeriesResult[]): WholeTransfer[] {
  const figure = (
    command: string,
    mode: Mode,
    subject: Subject,
    of: (measured: Measured) => number,
  ): number | undefined => {
    const found = series.find((each) => each.command === command && each.mode === mode && each.subject === subject);
    return found === undefined ? undefined : median(found.repeats.map(of));
  };
  return (['noOp', 'raw', 'send', 'whole'] as const).flatMap((subject) => {
    const both = (mode: Mode, of: (measured: Measured) => number): number[] =>
      [OFFER, ACCEPT].flatMap((command) => figure(command, mode, subject, of) ?? []);
    const [offers, acceptances] = both('load', ({ perSecond }) => perSecond);
    if (offers === undefined || acceptances === undefined) return [];
    const parts = both('alone', ({ latencyMs }) => latencyMs.whole.p50);
    const p50 = parts.length === 2 ? { p50Ms: rounded(parts.reduce((sum, part) => sum + part, 0)) } : {};
    return [{ subject, perSecond: rounded((offers * acceptances) / Math.max(1, offers + acceptances)), ...p50 }];
  });
}
