/** Compares Caliper's figures with ours. The ratios to a plain asset create have to agree; absolute figures cannot be compared. */
import { markdownTable, median, rounded, type Measured } from '@tenor/bench';
import type { CaliperRound } from './round.js';

/** Aim: both ratios within 15 % of each other. */
const APART_MAX = 0.15;

/** What was sent. */
export interface Lane {
  readonly name: string;
  readonly title: string;
  /** Business operations in one call. */
  readonly units: number;
}

/** One lane on both sides, medians of the repeats. */
export interface Compared extends Pick<Lane, 'name' | 'title' | 'units'> {
  readonly failed: number;
  /** Calls a second. */
  readonly perSecond: Both;
  readonly networkCpuMs: Both;
  readonly clientCpuMs: Both;
  /** Operations a second to plain assets a second, within a repeat; absent for the two baselines. */
  readonly ratio?: Both;
  /** The same by all CPU that a call takes, with what any call takes more under Caliper, a no-op too, taken off. */
  readonly cpuRatio?: Both;
  /** Whether the ratios agree. */
  readonly agrees?: { readonly throughput: boolean; readonly cpu: boolean };
}

/** A figure of ours and of Caliper's. */
export interface Both {
  readonly ours: number;
  readonly caliper: number;
}

/** All repeats of one lane. */
export interface Repeats {
  readonly lane: Lane;
  readonly ours: readonly Measured[];
  readonly caliper: readonly CaliperRound[];
}

interface Figures {
  readonly perSecond: number;
  readonly networkCpuMs: number;
  readonly clientCpuMs: number;
}

function figuresOf({ perSecond, cpuMs, valid }: Measured): Figures {
  const of = (wanted: (name: string) => boolean): number =>
    Object.entries(cpuMs).reduce((sum, [name, ms]) => (wanted(name) ? sum + ms : sum), 0) / Math.max(1, valid);
  return { perSecond, networkCpuMs: of((name) => name !== 'client'), clientCpuMs: of((name) => name === 'client') };
}

const agree = ({ ours, caliper }: Both): boolean => ours > 0 && Math.abs(caliper / ours - 1) <= APART_MAX;

const allCpuMs = ({ networkCpuMs, clientCpuMs }: Figures): number => networkCpuMs + clientCpuMs;

/** The baselines: a call that does nothing, and the plain asset create that commands are held against. */
export interface Baselines {
  readonly noOp: Repeats;
  readonly asset: Repeats;
}

interface Sides {
  readonly ours: readonly Figures[];
  readonly caliper: readonly Figures[];
}

const sidesOf = ({ ours, caliper }: Repeats): Sides => ({ ours: ours.map(figuresOf), caliper });

/** Median of what two lanes give together, repeat by repeat. */
const within = (
  one: readonly Figures[],
  other: readonly Figures[],
  of: (one: Figures, other: Figures) => number,
): number =>
  rounded(median(one.flatMap((each, repeat) => (other[repeat] === undefined ? [] : [of(each, other[repeat])]))));

/** CPU milliseconds that any call takes more under Caliper than in our loop, in its client and in a network that it feeds more slowly. */
const extraMs = ({ ours, caliper }: Sides): number =>
  within(caliper, ours, (theirs, mine) => allCpuMs(theirs) - allCpuMs(mine));

/** Figures of the baselines and of all lanes, ratios of the lanes. */
export function compare({ noOp, asset }: Baselines, lanes: readonly Repeats[]): Compared[] {
  const plain = sidesOf(asset);
  const extra = extraMs(sidesOf(noOp));
  return [
    summary(noOp),
    summary(asset),
    ...lanes.map((lane) => ({ ...summary(lane), ...ratiosOf(lane, plain, extra) })),
  ];
}

function summary(repeats: Repeats): Compared {
  const { lane, caliper } = repeats;
  const sides = sidesOf(repeats);
  const both = (figure: (figures: Figures) => number): Both => ({
    ours: rounded(median(sides.ours.map(figure))),
    caliper: rounded(median(sides.caliper.map(figure))),
  });
  return {
    ...{ name: lane.name, title: lane.title, units: lane.units },
    failed: caliper.reduce((sum, each) => sum + each.failed, 0),
    perSecond: both(({ perSecond }) => perSecond),
    networkCpuMs: both(({ networkCpuMs }) => networkCpuMs),
    clientCpuMs: both(({ clientCpuMs }) => clientCpuMs),
  };
}

function ratiosOf(repeats: Repeats, plain: Sides, extra: number): Pick<Compared, 'ratio' | 'cpuRatio' | 'agrees'> {
  const { units } = repeats.lane;
  const sides = sidesOf(repeats);
  const rate = (one: Figures, asset: Figures): number => (units * one.perSecond) / asset.perSecond;
  const cost =
    (more: number) =>
    (one: Figures, asset: Figures): number =>
      (units * (allCpuMs(asset) - more)) / (allCpuMs(one) - more);
  const ratio = { ours: within(sides.ours, plain.ours, rate), caliper: within(sides.caliper, plain.caliper, rate) };
  const cpuRatio = {
    ours: within(sides.ours, plain.ours, cost(0)),
    caliper: within(sides.caliper, plain.caliper, cost(extra)),
  };
  return { ratio, cpuRatio, agrees: { throughput: agree(ratio), cpu: agree(cpuRatio) } };
}

/** The comparison for people. */
export function table(lanes: readonly Compared[]): string {
  const pair = ({ ours, caliper }: Both, digits: number): string[] => [ours.toFixed(digits), caliper.toFixed(digits)];
  const verdict = (agrees: boolean | undefined): string => (agrees === undefined ? '' : agrees ? 'agrees' : 'apart');
  const ratios = ({ ratio, cpuRatio, agrees }: Compared): string[] => [
    ...(ratio === undefined ? ['', ''] : pair(ratio, 2)),
    verdict(agrees?.throughput),
    ...(cpuRatio === undefined ? ['', ''] : pair(cpuRatio, 2)),
    verdict(agrees?.cpu),
  ];
  const head = [
    ...['', 'calls/s, ours', 'Caliper', 'client CPU ms, ours', 'Caliper', 'network CPU ms, ours', 'Caliper'],
    ...[
      'operations/s to assets/s, ours',
      'Caliper',
      'within 15 %',
      'the same by CPU, ours',
      'Caliper, its own cost taken off',
      'within 15 %',
      'failed',
    ],
  ];
  const rows = lanes.map((lane) => [
    lane.title,
    ...[...pair(lane.perSecond, 1), ...pair(lane.clientCpuMs, 1), ...pair(lane.networkCpuMs, 1)],
    ...[...ratios(lane), String(lane.failed)],
  ]);
  return `${markdownTable(head, rows)}\n`;
}
