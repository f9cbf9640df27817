/** The figures of devnet: time to the first committed transaction, transactions a second, and memory for many keys. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningNetwork } from '@tenor/network';
import { newReference } from '@tenor/client';
import { assetOf, base64 } from './baselines.js';
import { mustSend, send, type Ready } from './calls.js';
import { processesOf } from './cpu.js';
import { measure, warmUp, type Series } from './measure.js';
import type { Options } from './options.js';
import { personOf, type Person } from './people.js';
import { median, rounded } from './statistics.js';
import { forEach, groupsOf } from './stock.js';
import { openRawNetwork, TOPOLOGY } from './testNetwork.js';

const KEYS = 100_000;
const KEYS_AT_ONCE = 500;
const IN_FLIGHT = 4;
/** How long a process may rest before its memory is read. */
const REST_MS = 5000;

/** One aim and the measured value. */
export interface DevnetFigure {
  readonly name: string;
  readonly value: number;
  readonly repeats: readonly number[];
  readonly unit: string;
  readonly aim?: string;
  readonly met?: boolean;
}

interface Started {
  readonly network: RunningNetwork;
  readonly person: Person;
  readonly toFirstCommitMs: number;
  close(): Promise<void>;
}

const endorsers = TOPOLOGY.organizations.map(({ mspId }) => mspId);

const writing = (contract: Ready['contract'], operations: readonly object[]): Ready => ({
  ...{ contract, endorsers, name: 'raw', argument: JSON.stringify(operations), transient: {} },
});

const assets = (contract: Ready['contract'], count: number): Ready[] =>
  Array.from({ length: count }, () => {
    const key = newReference();
    return writing(contract, [
      { op: 'get', key },
      { op: 'put', key, value: base64(assetOf(key)) },
    ]);
  });

/** From nothing, identities included, to a transaction that three organisations endorsed and all have committed. */
async function startUp(): Promise<Started> {
  const start = performance.now();
  const test = await openRawNetwork('devnet');
  try {
    const person = personOf(test.network.connectionFor('bank', 'Checker'));
    const [asset] = assets(person.raw, 1);
    if (asset === undefined) throw new Error('nothing was made to send');
    await mustSend(() => Promise.resolve(asset));
    const toFirstCommitMs = performance.now() - start;
    const close = (): Promise<void> => {
      person.close();
      return test.close();
    };
    return { network: test.network, person, toFirstCommitMs, close };
  } catch (error) {
    await test.close();
    throw error;
  }
}

async function throughput(
  { network, person }: Started,
  { seconds, repeats, inFlight, lines }: Options,
): Promise<number[]> {
  const series: Series = {
    ...{ command: 'devnet', subject: 'asset', mode: 'load', units: 1, inFlight, round: 4 * lines },
    supply: (count) => Promise.resolve(assets(person.raw, count).map((each) => () => send(each))),
  };
  await warmUp(series, series.round);
  const figures: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++)
    figures.push((await measure(series, seconds, await processesOf(network))).perSecond);
  return figures;
}

async function fill({ person }: Started): Promise<void> {
  const keys = Array.from({ length: KEYS }, newReference);
  await forEach(
    groupsOf(keys, KEYS_AT_ONCE),
    (group) => {
      const operations = group.map((key) => ({ op: 'put', key, value: base64(assetOf(key)) }));
      return mustSend(() => Promise.resolve(writing(person.raw, operations)));
    },
    IN_FLIGHT,
  );
  await sleep(REST_MS);
}

/** Resident megabytes of the devnet process; undefined where /proc does not tell. */
async function memoryOf(network: RunningNetwork): Promise<number | undefined> {
  const pid = (await network.status()).find(({ name }) => name === 'devnet')?.pid;
  if (pid === undefined || process.platform !== 'linux') return undefined;
  const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6;
}

type Bound = { readonly below: number } | { readonly atLeast: number };

function figureOf(name: string, unit: string, repeats: readonly number[], bound: Bound): DevnetFigure {
  const value = rounded(median(repeats));
  const judged =
    'below' in bound
      ? { aim: `under ${String(bound.below)}`, met: value < bound.below }
      : { aim: `at least ${String(bound.atLeast)}`, met: value >= bound.atLeast };
  return { name, unit, value, repeats: repeats.map(rounded), ...judged };
}

/** Measures all three on fresh networks. */
export async function devnetFigures(options: Options, say: (line: string) => void): Promise<DevnetFigure[]> {
  const starts: number[] = [];
  for (let repeat = 1; repeat < options.repeats; repeat++) {
    const started = await startUp();
    starts.push(started.toFirstCommitMs / 1000);
    await started.close();
  }
  const last = await startUp();
  try {
    starts.push(last.toFirstCommitMs / 1000);
    say(`devnet: first transaction after ${median(starts).toFixed(2)} s`);
    const rates = await throughput(last, options);
    say(`devnet: ${median(rates).toFixed(0)} transactions a second`);
    await fill(last);
    const memory = await memoryOf(last.network);
    return [
      figureOf('start to first committed transaction', 's', starts, { below: 2 }),
      figureOf('plain assets created, three organisations endorsing', 'transactions/s', rates, { atLeast: 200 }),
      ...(memory === undefined
        ? []
        : [figureOf(`resident memory with ${String(KEYS)} keys more`, 'MB', [memory], { below: 250 })]),
    ];
  } finally {
    await last.close();
  }
}
