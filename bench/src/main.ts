/** `npm run bench`: measures Tenor's commands on a network of its own. Exit codes: 0 done, 1 failed, 2 wrong usage. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunningNetwork } from '@tenor/network';
import { baselinesOf } from './baselines.js';
import { commandsOf } from './commands.js';
import { contend, type Contended } from './contention.js';
import type { Processes } from './cpu.js';
import { endOf } from './endState.js';
import { measure, warmUp, type Measured, type Series } from './measure.js';
import { openLoop, type OpenResult } from './openLoop.js';
import { readOptions, USAGE, UsageError, type Options } from './options.js';
import { gather, type Cast } from './people.js';
import { plot } from './plot.js';
import { readProfiles, summarize } from './profile.js';
import { report } from './report.js';
import { resultOf, start, type BenchResult } from './result.js';
import { allSeries, openSources } from './series.js';
import { Stock } from './stock.js';
import { openTestNetwork, type TestNetwork } from './testNetwork.js';

const FOLDER = resolve(__dirname, '..');
const INTERRUPTED = 130;

const say = (line: string): unknown => process.stderr.write(`${line}\n`);

async function processesOf(network: RunningNetwork): Promise<Processes> {
  const running = await network.status();
  return new Map([
    ['client', process.pid],
    ...running.flatMap(({ name, pid }): [string, number][] => (pid === undefined ? [] : [[name, pid]])),
  ]);
}

async function run({ network }: TestNetwork, options: Options): Promise<BenchResult> {
  const before = start();
  const cast = await gather(network);
  try {
    const stock = await Stock.open(cast, options.lines);
    say(`${String(options.lines)} lines are open`);
    const commands = await commandsOf(network, cast, stock, options);
    const baselines = baselinesOf(cast);
    const processes = await processesOf(network);
    const everything = allSeries(commands, baselines, options);
    for (const series of everything.filter(({ mode, units }) => mode === 'load' && units === 1 && !options.quick))
      await warmUp(series, options.lines);
    say('every command is warmed up');
    const measured: (readonly [Series, Measured])[] = [];
    for (let repeat = 1; repeat <= options.repeats; repeat++) {
      for (const series of everything) {
        const result = await measure(series, options.seconds, processes);
        measured.push([series, result]);
        say(`${String(repeat)}/${String(options.repeats)} ${lineOf(series, result)}`);
      }
    }
    const contended = await crowd(cast, stock, options);
    const open = await steps(options, openSources(commands, baselines));
    return resultOf(options, before, commands, { measured, contended, open, end: await endOf(network) });
  } finally {
    cast.close();
  }
}

/** Chaincode processes write their profiles as they end, so this comes after the network is gone. */
function sayProfile(folder: string): void {
  const { byGroup, byFunction } = summarize(readProfiles(folder));
  const line = ({ name, share }: (typeof byGroup)[number]): string =>
    `${(share * 100).toFixed(1).padStart(6)} %  ${name}`;
  say(['CPU of the chaincode processes, self time:', ...byGroup.slice(0, 12).map(line)].join('\n'));
  say(['on top:', ...byFunction.slice(0, 25).map(line)].join('\n'));
}

/** The contended line: single commands, and as many at once as a bulk has. */
async function crowd(cast: Cast, stock: Stock, { bulk, only, quick }: Options): Promise<Contended[]> {
  if (only !== undefined && !'contended'.includes(only)) return [];
  const crowds = [
    { units: 1, commands: quick ? 8 : 32, inFlight: 4 },
    { units: bulk, commands: quick ? 4 : 16, inFlight: 2 },
  ];
  const results: Contended[] = [];
  for (const each of crowds) {
    const result = await contend(cast, stock, each);
    results.push(result);
    say(
      `one line, ${result.title}: ${String(result.succeeded)} of ${String(result.commands)}, ${String(result.lost)} lost`,
    );
  }
  return results;
}

async function steps({ open, seconds }: Options, sources: ReturnType<typeof openSources>): Promise<OpenResult[]> {
  const results: OpenResult[] = [];
  for (const name of open) {
    const supply = sources.get(name);
    if (supply === undefined) throw new UsageError(`--open knows ${[...sources.keys()].join(', ')}, not ${name}`);
    const result = await openLoop(name, supply, seconds);
    results.push(result);
    say(`open loop ${name}: knee at ${result.knee?.toFixed(0) ?? 'less than the first rate'}/s`);
  }
  return results;
}

function lineOf({ command, mode, subject }: Series, { perSecond, latencyMs, valid, transactions }: Measured): string {
  const refused = valid === transactions ? '' : `, ${String(transactions - valid)} not valid`;
  return `${command} ${mode} ${subject}: ${perSecond.toFixed(1)}/s, p50 ${latencyMs.whole.p50.toFixed(1)} ms${refused}`;
}

function publish(result: BenchResult, options: Options): void {
  const json = `${JSON.stringify(result, null, 2)}\n`;
  const text = report(result);
  if (options.record) {
    writeFileSync(join(FOLDER, 'results.json'), json);
    writeFileSync(join(FOLDER, 'RESULTS.md'), text);
    writeFileSync(join(FOLDER, 'plot.svg'), plot(result.open));
  }
  process.stdout.write(options.json ? json : text);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const test = await openTestNetwork(options, say);
  const interrupt = (): void => void test.close().finally(() => process.exit(INTERRUPTED));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const result = await run(test, options);
    publish(result, options);
    return result.series.every(({ repeats }) => repeats.every(({ valid }) => valid > 0)) ? 0 : 1;
  } finally {
    await test.close();
    if (options.profile !== undefined) sayProfile(options.profile);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(
      error instanceof UsageError
        ? `${error.message}\n${USAGE}`
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
