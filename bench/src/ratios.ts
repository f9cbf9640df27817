/** The ratios that the aims are about. Each is taken within a repeat, of series measured one after the other, and the median is given. */
import { BASELINE } from './baselines.js';
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

const throughput = (command: string, subject: Subject): Side => ({
  command,
  mode: 'load',
  subject,
  figure: ({ perSecond }) => perSecond,
});
const units = (command: string, subject: Subject): Side => ({
  command,
  mode: 'load',
  subject,
  figure: ({ unitsPerSecond }) => unitsPerSecond,
});
const p50 = (command: string, mode: Mode, subject: Subject, part: 'whole' | 'send'): Side => ({
  command,
  mode,
  subject,
  figure: ({ latencyMs }) => latencyMs[part].p50,
});

const base = (subject: Subject): Side => throughput(BASELINE, subject);
const clientCpu = (subject: Subject): Side => ({
  ...base(subject),
  figure: ({ cpuMs, valid }) => (cpuMs['client'] ?? 0) / Math.max(1, valid),
});

/** What every command is held against. */
function definitionsFor(command: string): Definition[] {
  const single = !command.toLowerCase().includes('bulk');
  const [send, whole, raw] = (['send', 'whole', 'raw'] as const).map((subject) => throughput(command, subject)) as [
    Side,
    Side,
    Side,
  ];
  const endorse = (subject: Subject): Side => p50(command, 'endorse', subject, 'whole');
  return [
    { name: `${command}: throughput, send to raw write`, of: send, to: raw, ...(single ? { atLeast: 0.95 } : {}) },
    { name: `${command}: throughput, whole to raw write`, of: whole, to: raw },
    {
      name: `${command}: operations a second, whole to plain assets`,
      of: units(command, 'whole'),
      to: base('asset'),
    },
    {
      name: `${command}: p50 at 1 in flight, whole to no-op`,
      of: p50(command, 'alone', 'whole', 'whole'),
      to: p50(command, 'alone', 'noOp', 'whole'),
    },
    {
      name: `${command}: p50 endorse only, to no-op`,
      of: endorse('send'),
      to: endorse('noOp'),
      ...(single ? { atMost: 2 } : {}),
    },
    { name: `${command}: p50 endorse only, to raw write`, of: endorse('send'), to: endorse('raw') },
  ];
}

const AIMED: readonly Definition[] = [
  {
    name: 'confirm: throughput, send to plain asset create',
    of: throughput('confirm', 'send'),
    to: base('asset'),
    atLeast: 0.66,
  },
  {
    name: 'certificates a second in bulk, send to plain asset create',
    of: units('bulk', 'send'),
    to: base('asset'),
    atLeast: 3,
  },
  { name: 'client CPU of one put, ours to stock client', of: clientCpu('put'), to: clientCpu('stock'), atMost: 0.6 },
  {
    name: 'certificates a second, bulk to single, send',
    of: units('bulk', 'send'),
    to: units('confirm', 'send'),
  },
];

/** All ratios whose two sides were measured. The aims are for real Fabric. */
export function ratiosOf(series: readonly SeriesResult[], hasAims: boolean): Ratio[] {
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
      ['transfer', 'transferAccept'].flatMap((command) => figure(command, mode, subject, of) ?? []);
    const [offers, acceptances] = both('load', ({ perSecond }) => perSecond);
    if (offers === undefined || acceptances === undefined) return [];
    const parts = both('alone', ({ latencyMs }) => latencyMs.whole.p50);
    const p50 = parts.length === 2 ? { p50Ms: rounded(parts.reduce((sum, part) => sum + part, 0)) } : {};
    return [{ subject, perSecond: rounded((offers * acceptances) / Math.max(1, offers + acceptances)), ...p50 }];
  });
}
