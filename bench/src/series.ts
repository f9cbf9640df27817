/** Every command against nothing and against its raw write, in every mode. */
import { endorseOnly, send, type Call, type Ready } from './calls.js';
import type { Command } from './commands.js';
import type { Job, Mode, Series, Subject } from './measure.js';
import type { Options } from './options.js';
import { noOps, rawWrites } from './rawWrites.js';
import { forEach } from './stock.js';

/** Calls a second that one in flight can hardly exceed: each waits for its block. */
const ALONE_PER_SECOND = 5;
/** Calls of one round of endorsements, which use nothing up. */
const ENDORSEMENTS = 500;

type Source = (count: number) => Promise<(Call | Ready)[]>;

function sources({ raw, shape, make }: Command): Readonly<Record<Subject, Source>> {
  return {
    noOp: (count) => Promise.resolve(noOps(raw, shape.endorsers, count)),
    raw: (count) => rawWrites(raw, shape, count),
    send: async (count) => forEach(await make(count), (call) => call()),
    whole: make,
  };
}

const sending = (items: readonly (Call | Ready)[]): Job[] => items.map((item) => () => send(item));

async function endorsing(source: Source, count: number): Promise<Job[]> {
  const [item] = await source(1);
  if (item === undefined) throw new Error('nothing was made to endorse');
  const ready = typeof item === 'function' ? await item() : item;
  return Array.from({ length: count }, () => () => endorseOnly(ready));
}

/** Which subjects make sense in a mode: what is endorsed only has its openings at hand, and one in flight shows plan and send apart. */
const SUBJECTS: Readonly<Record<Mode, readonly Subject[]>> = {
  load: ['noOp', 'raw', 'send', 'whole'],
  alone: ['noOp', 'raw', 'whole'],
  endorse: ['noOp', 'raw', 'send'],
};

function seriesOf(command: Command, mode: Mode, subject: Subject, options: Options): Series {
  const source = sources(command)[subject];
  const rounds: Readonly<Record<Mode, number>> = {
    load: command.units > 1 ? options.bulkRound : options.lines,
    alone: options.seconds * ALONE_PER_SECOND,
    endorse: ENDORSEMENTS,
  };
  return {
    ...{ command: command.name, subject, mode, round: rounds[mode], units: subject === 'noOp' ? 1 : command.units },
    inFlight: mode === 'load' ? options.inFlight : 1,
    supply: async (count) => (mode === 'endorse' ? endorsing(source, count) : sending(await source(count))),
  };
}

/** All series, those that are compared with each other side by side. */
export function allSeries(commands: readonly Command[], options: Options): Series[] {
  const modes = Object.keys(SUBJECTS) as Mode[];
  return commands
    .filter(({ name }) => options.only === undefined || name.includes(options.only))
    .flatMap((command) =>
      modes.flatMap((mode) => SUBJECTS[mode].map((subject) => seriesOf(command, mode, subject, options))),
    );
}
