/** What Caliper measured beside what we did: the ratio to a plain asset create is what has to agree, absolute figures do not compare. */
import type { CaliperRound } from './caliperRound.js';
import type { Measured } from './measure.js';
import { table as tableOf } from './report.js';
import { median, rounded } from './statistics.js';

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
  /** Operations a second to plain assets a second, within a repeat; absent for the asset itself. */
  readonly ratio?: Both;
  /** The network's CPU of one plain asset to that of one operation: the same ratio with the clients' own cost left out. */
  readonly cpuRatio?: Both;
  /** Whether the ratios agree. */
  readonly agrees?: { readonly throughput: boolean; readonly networkCpu: boolean };
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

/** Figures and ratios of all lanes; the first is what the others are held against. */
export function compare(measured: readonly Repeats[]): Compared[] {
  const sides = measured.map(({ lane, ours, caliper }) => ({ lane, ours: ours.map(figuresOf), caliper }));
  const [base] = sides;
  return sides.map(({ lane, ours, caliper }, index) => {
    const both = (figure: (figures: Figures) => number): Both => ({
      ours: rounded(median(ours.map(figure))),
      caliper: rounded(median(caliper.map(figure))),
    });
    const name = { name: lane.name, title: lane.title, units: lane.units };
    const failed = (measured[index]?.caliper ?? []).reduce((sum, each) => sum + each.failed, 0);
    const figures = {
      perSecond: both(({ perSecond }) => perSecond),
      networkCpuMs: both(({ networkCpuMs }) => networkCpuMs),
      clientCpuMs: both(({ clientCpuMs }) => clientCpuMs),
    };
    if (base === undefined || index === 0) return { ...name, failed, ...figures };
    const within = (
      mine: readonly Figures[],
      plain: readonly Figures[],
      of: (one: Figures, other: Figures) => number,
    ): number =>
      rounded(median(mine.flatMap((each, repeat) => (plain[repeat] === undefined ? [] : [of(each, plain[repeat])]))));
    const ratioOf = (of: (one: Figures, other: Figures) => number): Both => ({
      ours: within(ours, base.ours, of),
      caliper: within(caliper, base.caliper, of),
    });
    const ratio = ratioOf((one, plain) => (lane.units * one.perSecond) / plain.perSecond);
    const cpuRatio = ratioOf((one, plain) => (lane.units * plain.networkCpuMs) / one.networkCpuMs);
    return {
      ...name,
      failed,
      ...figures,
      ratio,
      cpuRatio,
      agrees: { throughput: agree(ratio), networkCpu: agree(cpuRatio) },
    };
  });
}

/** The comparison for people. */
export function table(lanes: readonly Compared[]): string {
  const pair = ({ ours, caliper }: Both, digits: number): string[] => [ours.toFixed(digits), caliper.toFixed(digits)];
  const verdict = (agrees: boolean | undefined): string => (agrees === undefined ? '' : agrees ? 'agrees' : 'apart');
  const ratios = ({ ratio, cpuRatio, agrees }: Compared): string[] => [
    ...(ratio === undefined ? ['', ''] : pair(ratio, 2)),
    verdict(agrees?.throughput),
    ...(cpuRatio === undefined ? ['', ''] : pair(cpuRatio, 2)),
    verdict(agrees?.networkCpu),
  ];
  const head = [
    ...['', 'calls/s, ours', 'Caliper', 'client CPU ms, ours', 'Caliper', 'network CPU ms, ours', 'Caliper'],
    ...[
      'operations/s to assets/s, ours',
      'Caliper',
      'within 15 %',
      'the same by network CPU, ours',
      'Caliper',
      'within 15 %',
      'failed',
    ],
  ];
  const rows = lanes.map((lane) => [
    lane.title,
    ...[...pair(lane.perSecond, 1), ...pair(lane.clientCpuMs, 1), ...pair(lane.networkCpuMs, 1)],
    ...[...ratios(lane), String(lane.failed)],
  ]);
  return `${tableOf(head, rows)}\n`;
}
