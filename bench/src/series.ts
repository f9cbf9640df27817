/** The series: every command with its no-op and its raw write, and the baselines, each in the modes in which it is measured. */
import { BASELINE, type Baselines } from './baselines.js';
import { endorseOnly, send, type Call, type Ready } from './calls.js';
import type { Command } from './commands.js';
import { FIRST } from './lanes.js';
import type { Job, Mode, Series, Subject } from './measure.js';
import type { Options } from './options.js';
import { noOps, rawWrites } from './rawWrites.js';
import { forEach } from './stock.js';

/** Calls a second that one in flight can hardly exceed: each waits for its block. */
const ALONE_PER_SECOND = 5;
/** Calls of one round of endorsements, which use nothing up. */
const ENDORSEMENTS = 500;

type Source = (count: number) => Promise<(Call | Ready)[]>;
type Sources = Readonly<Partial<Record<Subject, Source>>>;
type Samples = Readonly<Partial<Record<Subject, () => Promise<Ready>>>>;

/** What is endorsed only, which uses nothing up: one call does for all. */
function samplesOf({ raw, shape, spare }: Command): Samples {
  const first = async (items: Promise<Ready[]>): Promise<Ready> => {
    const [item] = await items;
    if (item === undefined) throw new Error('nothing was made to endorse');
    return item;
  };
  return {
    noOp: () => first(Promise.resolve(noOps(raw, shape.endorsers, 1))),
    raw: () => first(rawWrites(raw, shape, 1)),
    send: async () => (await spare())(),
  };
}

function sourcesOf({ raw, shape, make }: Command): Sources {
  return {
    noOp: (count) => Promise.resolve(noOps(raw, shape.endorsers, count)),
    raw: (count) => rawWrites(raw, shape, count),
    send: async (count) => forEach(await make(count), (call) => call()),
    whole: make,
  };
}

const sending = (items: readonly (Call | Ready)[]): Job[] => items.map((item) => () => send(item));

const endorsing = (ready: Ready): Job[] => Array.from({ length: ENDORSEMENTS }, () => () => endorseOnly(ready));

type Subjects = Readonly<Record<Mode, readonly Subject[]>>;

/** What is endorsed only has its openings at hand, and one in flight shows plan and send apart. */
const FULL: Subjects = {
  load: ['noOp', 'raw', 'send', 'whole'],
  alone: ['noOp', 'raw', 'whole'],
  endorse: ['noOp', 'raw', 'send'],
};
/** For commands whose like is measured in full already, with half the calls. */
const BRIEF: Subjects = { load: ['raw', 'send', 'whole'], alone: [], endorse: ['noOp', 'send'] };
const BASE: Subjects = { load: ['noOp', 'put', 'asset', 'stock'], alone: ['noOp', 'put', 'asset'], endorse: [] };

interface Item {
  readonly command: string;
  readonly units: number;
  readonly sources: Sources;
  readonly samples: Samples;
  readonly subjects: Subjects;
}

const SINGLE: ReadonlySet<Subject> = new Set(['noOp', 'put', 'asset', 'stock']);

function seriesOf(item: Item, mode: Mode, subject: Subject, options: Options): Series {
  const { command, units, subjects } = item;
  const [source, sample] = [item.sources[subject], item.samples[subject]];
  const share = subjects === BRIEF ? 2 : 1;
  const rounds: Readonly<Record<Mode, number>> = {
    load: Math.ceil((units > 1 ? options.bulkRound : options.lines) / share),
    alone: options.seconds * ALONE_PER_SECOND,
    endorse: ENDORSEMENTS,
  };
  const supply = async (count: number): Promise<Job[]> => {
    if (mode === 'endorse' && sample !== undefined) return endorsing(await sample());
    if (mode !== 'endorse' && source !== undefined) return sending(await source(count));
    throw new Error(`${command} has no ${subject} to ${mode}`);
  };
  return {
    ...{ command, subject, mode, round: rounds[mode], units: SINGLE.has(subject) ? 1 : units },
    ...{ inFlight: mode === 'load' ? options.inFlight : 1, supply },
  };
}

/** All series, those that are compared with each other side by side. */
export function allSeries(commands: readonly Command[], baselines: Baselines, options: Options): Series[] {
  const plain = Object.fromEntries(
    Object.entries(baselines).map(([subject, make]) => [subject, (count: number) => Promise.resolve(make(count))]),
  ) as Sources;
  const items: Item[] = [
    { command: BASELINE, units: 1, sources: plain, samples: {}, subjects: BASE },
    ...commands.map((command) => ({
      ...{ command: command.name, units: command.units, sources: sourcesOf(command), samples: samplesOf(command) },
      subjects: FIRST.has(command.name) && !options.quick ? FULL : BRIEF,
    })),
  ];
  const modes = Object.keys(FULL) as Mode[];
  return items.flatMap((item) =>
    modes.flatMap((mode) => item.subjects[mode].map((subject) => seriesOf(item, mode, subject, options))),
  );
}

/** Calls for the open loop, by series: the baselines by what is sent, a command by its name (whole). */
export function openSources(commands: readonly Command[], baselines: Baselines): ReadonlyMap<string, Series['supply']> {
  return new Map([
    ...Object.entries(baselines).map(([name, make]): [string, Series['supply']] => [
      name,
      (count) => Promise.resolve(sending(make(count))),
    ]),
    ...commands.map(({ name, make }): [string, Series['supply']] => [
      name,
      async (count) => sending(await make(count)),
    ]),
  ]);
}
