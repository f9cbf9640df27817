/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';
import { findFabric } from '@tenor/network';
import { CALLS_A_DATE } from './stock.js';

/** What a run consists of, in order. */
export const SECTIONS = [
  'commands',
  'contended',
  'maturity',
  'batches',
  'open',
  'growth',
  'profile',
  'devnet',
] as const;
/** A part of a run that can be had alone. */
export type Section = (typeof SECTIONS)[number];

/** What to measure, for how long, on which engine. */
export interface Options {
  readonly sections: ReadonlySet<Section>;
  /** Slices in the books whose costs are compared, smallest first. */
  readonly growth: readonly number[];
  readonly network: 'devnet' | 'fabric';
  /** Measured time of each lane in each repeat, in seconds. Set-up comes on top. */
  readonly seconds: number;
  readonly repeats: number;
  /** Independent lines; also the transactions of one round. */
  readonly lines: number;
  readonly inFlight: number;
  /** Certificates in one bulk confirmation. */
  readonly bulk: number;
  /** Transactions of one round of bulk confirmations. */
  readonly bulkRound: number;
  /** Prints the result as JSON instead of the table. */
  readonly json: boolean;
  /** Writes bench/RESULTS.md, its figures as data, and the plot. */
  readonly record: boolean;
  /** Fewer series, one short repeat: whether everything works, not what it costs. */
  readonly quick: boolean;
  /** Series of the open loop; none leaves it out. */
  readonly open: readonly string[];
  /** Only lanes whose name holds this text; the baselines that their ratios need stay in. */
  readonly only: string | undefined;
}

/** A command line that cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run bench -- [options]
  --network devnet|fabric   engine (default: fabric where its commands are found, else devnet)
  --sections NAMES          parts of the run, by commas (default ${SECTIONS.join(',')};
                            --quick leaves growth, profile and devnet out)
  --quick                   one short repeat of fewer series, under 3 minutes
  --growth SIZES            slices in the book, by commas (default 1000,100000)
  --open NAMES              series of the open loop, by commas: noOp, put, asset, a lane, ...; none leaves it out
                            (default asset,certificate:confirm)
  --seconds N               measured time of each lane in each repeat (default 3)
  --repeats N               repeats of everything (default 3); figures are medians
  --lines N                 independent lines, and transactions of a round (default 256)
  --in-flight N             transactions in flight (default 64)
  --bulk N                  certificates in one bulk confirmation, 2 to 50 (default 20)
  --bulk-round N            bulk transactions of a round (default 24)
  --only TEXT               only lanes whose name holds TEXT (certificate:confirm, slice, bulk, ...)
  --record                  write bench/RESULTS.md, summary.json, plot.svg, and results.json with every repeat
  --json                    print the result as JSON`;

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
const FORM = {
  ...{
    network: TEXT,
    seconds: TEXT,
    repeats: TEXT,
    lines: TEXT,
    'in-flight': TEXT,
    bulk: TEXT,
    'bulk-round': TEXT,
    open: TEXT,
    sections: TEXT,
    growth: TEXT,
  },
  ...{ only: TEXT, record: FLAG, json: FLAG, quick: FLAG, help: { ...FLAG, short: 'h' } },
} as const;

function numberOf(name: string, text: string | undefined, otherwise: number, min: number, max: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} takes a whole number from ${String(min)} to ${String(max)}, not ${text}`);
}

function engineOf(text: string | undefined): Options['network'] {
  if (text === undefined) return findFabric() === undefined ? 'devnet' : 'fabric';
  if (text === 'devnet' || text === 'fabric') return text;
  throw new UsageError(`--network takes devnet or fabric, not ${text}`);
}

const FULL = {
  seconds: 3,
  repeats: 3,
  lines: 256,
  bulkRound: 24,
  open: 'asset,certificate:confirm',
  sections: SECTIONS.join(),
};
const QUICK = {
  seconds: 1,
  repeats: 1,
  lines: 32,
  bulkRound: 4,
  open: 'asset',
  sections: 'commands,contended,maturity,batches,open',
};
const SIZES = '1000,100000';
const MOST_SLICES = 1_000_000;

const namesOf = (text: string): string[] => (text === 'none' ? [] : text.split(',').filter((name) => name !== ''));

function sectionsOf(text: string): ReadonlySet<Section> {
  return new Set(
    namesOf(text).map((name) => {
      const section = SECTIONS.find((each) => each === name);
      if (section === undefined) throw new UsageError(`--sections knows ${SECTIONS.join(', ')}, not ${name}`);
      return section;
    }),
  );
}

function sizesOf(text: string): number[] {
  const sizes = namesOf(text).map((size) => numberOf('growth', size, 0, 1, MOST_SLICES));
  if (sizes.length < 2) throw new UsageError(`--growth takes at least two sizes, not ${text}`);
  return sizes.sort((one, other) => one - other);
}

/** Reads the command line; undefined when help was asked for. @throws UsageError */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const preset = values.quick ? QUICK : FULL;
  const bulk = numberOf('bulk', values.bulk, 20, 2, 50);
  const roundMax = Math.floor(CALLS_A_DATE / bulk);
  return {
    network: engineOf(values.network),
    seconds: numberOf('seconds', values.seconds, preset.seconds, 1, 3600),
    repeats: numberOf('repeats', values.repeats, preset.repeats, 1, 100),
    lines: numberOf('lines', values.lines, preset.lines, 1, CALLS_A_DATE),
    inFlight: numberOf('in-flight', values['in-flight'], 64, 1, 450),
    bulk,
    bulkRound: numberOf('bulk-round', values['bulk-round'], preset.bulkRound, 1, roundMax),
    ...{ sections: sectionsOf(values.sections ?? preset.sections), growth: sizesOf(values.growth ?? SIZES) },
    ...{ quick: values.quick, open: namesOf(values.open ?? preset.open) },
    ...{ json: values.json, record: values.record, only: values.only },
  };
}

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof FORM }>> {
  try {
    return parseArgs({ args: [...args], options: FORM });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
