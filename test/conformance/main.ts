/** `npm run conformance`: runs the cases on devnet, on real Fabric or on both, and shows what differs from the record. */
import { parseArgs } from 'node:util';
import { devnetDriver, fabricDriver, type NetworkDriver } from '@tenor/network';
import { blockDifferences } from './blocks/replay.js';
import { recordBlocks } from './blocks/record.js';
import { CASES } from './cases/index.js';
import { DID_NOT_RUN, runMutants } from './mutants/run.js';
import { programs } from './programs/index.js';
import { differences, differencesFrom, parts, writeExpected, type Difference } from './support/expected.js';
import type { Json } from './support/names.js';
import { hashOfSources } from './support/sources.js';
import { NETS, openNet, type NetName } from './support/net.js';
import { runCases, type Case } from './support/suite.js';

const HELP = `npm run conformance -- [--on devnet|fabric|both] [--only ID,ID,...] [--slow] [--record] [--show]
       npm run conformance -- --on both --random COUNT [--seed SEED]

  --on      the engine; devnet when left out
  --only    cases by id, or by the beginning of an id that ends with *; "blocks" are the recorded blocks
  --slow    also cases that take long
  --record  with --on fabric: what it gives becomes the expectation
  --show    prints every outcome
  --record-blocks
            with --on fabric: the blocks in which what the cases did ended up are kept
  --random  with --on both: so many programs of concurrent transactions in place of the cases, drawn from seeds that
            begin with --seed (1 when left out); what the first engine gives is the expectation for the second
  -h, --help this text
  --mutants runs devnet with one check taken out at a time; --only is then a part of a mutant's file or name`;

type Engine = 'devnet' | 'fabric';

const DRIVERS: Readonly<Record<Engine, NetworkDriver>> = { devnet: devnetDriver, fabric: fabricDriver };
const ENGINES: Readonly<Record<string, readonly Engine[]>> = {
  devnet: ['devnet'],
  fabric: ['fabric'],
  both: ['fabric', 'devnet'],
};

/** Whether an id is asked for by name. */
const asked = (only: string | undefined, id: string): boolean =>
  only?.split(',').some((each) => (each.endsWith('*') ? id.startsWith(each.slice(0, -1)) : id === each)) ?? true;

function chosen(only: string | undefined, slow: boolean): Case[] {
  return CASES.filter((each) => asked(only, each.id) && (slow || only !== undefined || each.slow !== true));
}

/** The cases of each network, one network after the other. */
async function outcomesOn(engine: Engine, cases: readonly Case[]): Promise<ReadonlyMap<string, Json>> {
  const outcomes = new Map<string, Json>();
  for (const name of NETS) {
    const own = cases.filter(({ on = 'open' }) => on === name);
    if (own.length === 0) continue;
    for (const [id, outcome] of await outcomesOnNet(engine, name, own)) outcomes.set(id, outcome);
  }
  return outcomes;
}

async function outcomesOnNet(
  engine: Engine,
  name: NetName,
  cases: readonly Case[],
): Promise<ReadonlyMap<string, Json>> {
  const started = Date.now();
  const seconds = (): string => ((Date.now() - started) / 1000).toFixed(1);
  const net = await openNet(DRIVERS[engine], name);
  try {
    console.log(`${engine} (${name}) is up after ${seconds()} s`);
    const outcomes = new Map<string, Json>();
    for (const [id, outcome] of runCases(net, cases)) outcomes.set(id, await outcome);
    console.log(`${engine} (${name}) ran ${String(outcomes.size)} cases in ${seconds()} s`);
    return outcomes;
  } finally {
    await net.close();
  }
}

function table(engine: Engine, found: readonly Difference[]): void {
  for (const { id, expected, got } of found) {
    const name = CASES.find((each) => each.id === id)?.name ?? '';
    console.log(`\n${engine} ${id}: ${name}`);
    for (const { at, expected: wanted, got: given } of parts(expected, got)) {
      console.log(`  ${at}\n    expected ${JSON.stringify(wanted)}\n    got      ${JSON.stringify(given)}`);
    }
  }
}

const failed = (outcomes: ReadonlyMap<string, Json>): string[] =>
  [...outcomes].flatMap(([id, outcome]) =>
    typeof outcome === 'object' && outcome !== null && 'failed' in outcome ? [`${id}: ${JSON.stringify(outcome)}`] : [],
  );

const IDS = CASES.map(({ id }) => id);

/** @param sources hash of the sources, where all cases ran */
function record(outcomes: ReadonlyMap<string, Json>, sources: string | undefined): number {
  const broken = failed(outcomes);
  if (broken.length > 0) console.error(`not recorded, since these cases failed:\n${broken.join('\n')}`);
  const kept = new Map([...outcomes].filter(([id]) => !broken.some((each) => each.startsWith(`${id}: `))));
  writeExpected(kept, IDS, broken.length === 0 ? sources : undefined);
  console.log(`${String(kept.size)} outcomes recorded`);
  return broken.length === 0 ? 0 : 1;
}

interface Wanted {
  readonly engines: readonly Engine[];
  readonly cases: readonly Case[];
  readonly record: boolean;
  readonly recordBlocks: boolean;
  readonly show: boolean;
  readonly mutants: boolean;
  readonly only: string | undefined;
  /** How many programs, and the seed of the first. */
  readonly random: { readonly count: number; readonly seed: number } | undefined;
}

/** Programs that nobody has recorded: what real Fabric makes of them now is what devnet has to make of them. */
async function compareRandom({ count, seed }: { readonly count: number; readonly seed: number }): Promise<number> {
  const cases = programs(seed, count);
  const expected = await outcomesOn('fabric', cases);
  const broken = failed(expected);
  if (broken.length > 0) console.error(`these failed on Fabric:\n${broken.join('\n')}`);
  const found = differencesFrom((id) => expected.get(id) ?? null, await outcomesOn('devnet', cases));
  table('devnet', found);
  for (const { id } of found) console.log(`again: --on both --random 1 --seed ${id.replace('random-', '')}`);
  console.log(found.length === 0 ? 'no difference' : `${String(found.length)} differences`);
  return broken.length + found.length;
}

/** Hash of the sources where all cases run, taken before they do; a run of some says nothing of the others. */
const sourcesOf = ({ only }: Wanted): string | undefined => (only === undefined ? hashOfSources() : undefined);

/** Fabric gave every recorded outcome with these sources: the next `npm test` need not run the cases there again. */
function confirm(sources: string | undefined): void {
  if (sources !== undefined) writeExpected(new Map(), IDS, sources);
}

/** Runs the cases on each engine. @returns how many outcomes differ */
async function compare(what: Wanted): Promise<number> {
  const { engines, cases, show, only } = what;
  let differing = 0;
  const sources = sourcesOf(what);
  for (const engine of engines) {
    const outcomes = cases.length === 0 ? new Map<string, Json>() : await outcomesOn(engine, cases);
    if (show) for (const [id, outcome] of outcomes) console.log(`${id} ${JSON.stringify(outcome)}`);
    const replayed = engine === 'devnet' && asked(only, 'blocks') ? blockDifferences() : [];
    const found = [...differences(engine, outcomes), ...replayed];
    table(engine, found);
    differing += found.length;
    if (engine === 'fabric' && found.length === 0) confirm(sources);
  }
  console.log(differing === 0 ? 'no difference' : `${String(differing)} differences`);
  return differing;
}

/** What the command line asks for; undefined when it makes no sense. @throws TypeError where an option is not known */
function wanted(): Wanted | undefined {
  const { values } = parseArgs({
    options: {
      on: { type: 'string', default: 'devnet' },
      only: { type: 'string' },
      slow: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      'record-blocks': { type: 'boolean', default: false },
      show: { type: 'boolean', default: false },
      mutants: { type: 'boolean', default: false },
      random: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  const engines = ENGINES[values.on];
  if (engines === undefined || ((values.record || values['record-blocks']) && values.on !== 'fabric')) return undefined;
  const { only, record, show, mutants } = values;
  const random = values.random === undefined ? undefined : { count: Number(values.random), seed: Number(values.seed) };
  if (random !== undefined && !(values.on === 'both' && random.count > 0 && Number.isInteger(random.seed))) {
    return undefined;
  }
  return {
    engines,
    cases: chosen(only, values.slow),
    record,
    recordBlocks: values['record-blocks'],
    show,
    mutants,
    only,
    random,
  };
}

/** The same, and what is not known about it is said. */
function understood(): Wanted | undefined {
  try {
    return wanted();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(error.message);
    return undefined;
  }
}

async function carryOut(what: Wanted): Promise<number> {
  if (what.mutants) return runMutants(what.only);
  if (what.random !== undefined) return (await compareRandom(what.random)) === 0 ? 0 : 1;
  if (what.recordBlocks) {
    const { blocks, bytes } = await recordBlocks(
      fabricDriver,
      what.cases.filter(({ on = 'open', changesChannel }) => on === 'open' && changesChannel !== true),
    );
    console.log(`${String(blocks)} blocks recorded in ${String(bytes)} bytes`);
    return 0;
  }
  if (what.record) {
    const sources = sourcesOf(what);
    return record(await outcomesOn('fabric', what.cases), sources);
  }
  return (await compare(what)) === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(HELP);
    return 0;
  }
  const what = understood();
  if (what !== undefined) return carryOut(what);
  console.error(HELP);
  return 2;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    console.error(cause);
    process.exitCode = DID_NOT_RUN;
  },
);
