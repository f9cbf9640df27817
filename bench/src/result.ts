/** The result of a run as data: what was measured, on what, and the ratios that the aims are about. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { FABRIC_VERSION } from '@tenor/network';
import type { Command } from './commands.js';
import type { Contended } from './contention.js';
import type { PeerEnd } from './endState.js';
import type { DevnetFigure } from './devnetFigures.js';
import { keysByBook } from './footprint.js';
import type { Growth } from './growth.js';
import type { Batched } from './batches.js';
import type { Matured } from './maturity.js';
import type { Measured, Mode, Series, Subject } from './measure.js';
import type { OpenResult } from './openLoop.js';
import type { Options } from './options.js';
import type { Profile } from './profiles.js';
import { ratiosOf, transfersOf, type Ratio, type WholeTransfer } from './ratios.js';
import { ROOT } from './root.js';
import { TOPOLOGY } from './testNetwork.js';

/** One series with its repeats. */
export interface SeriesResult {
  readonly command: string;
  readonly subject: Subject;
  readonly mode: Mode;
  readonly inFlight: number;
  readonly units: number;
  readonly repeats: readonly Measured[];
}

/** What one call of a command reads and writes, from its transaction. */
export interface CommandResult {
  readonly name: string;
  readonly title: string;
  readonly units: number;
  readonly endorsers: readonly string[];
  readonly keysWrittenByBook: Readonly<Record<string, number>>;
  readonly keyPoliciesSet: number;
  readonly hashReads: number;
  readonly publicReads: number;
}

/** The whole result. */
export interface BenchResult {
  readonly schema: 'tenor.bench/3';
  readonly startedAt: string;
  readonly minutes: number;
  readonly commit: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly system: string;
  };
  /** Load average over one minute before and after: well below the cores means that the machine was ours. */
  readonly load: { readonly before: number; readonly after: number };
  readonly settings: Readonly<Record<string, string | number>>;
  readonly commands: readonly CommandResult[];
  readonly series: readonly SeriesResult[];
  readonly transfers: readonly WholeTransfer[];
  readonly ratios: readonly Ratio[];
  readonly contended: readonly Contended[];
  readonly matured: readonly Matured[];
  readonly batched: readonly Batched[];
  readonly open: readonly OpenResult[];
  readonly end: readonly PeerEnd[];
  readonly growth: readonly Growth[];
  readonly profiles: readonly Profile[];
  readonly devnet: readonly DevnetFigure[];
}

/** All that a run has measured; what it left out is empty. */
export interface Findings {
  readonly commands: readonly Command[];
  readonly measured: readonly (readonly [Series, Measured])[];
  readonly contended: readonly Contended[];
  readonly matured: readonly Matured[];
  readonly batched: readonly Batched[];
  readonly open: readonly OpenResult[];
  readonly end: readonly PeerEnd[];
  readonly growth: readonly Growth[];
  readonly profiles: readonly Profile[];
  readonly devnet: readonly DevnetFigure[];
}

/** What is known before anything is measured. */
export interface Start {
  readonly startedAt: string;
  readonly load: number;
}

/** Call it before the network is up. */
export const start = (): Start => ({ startedAt: new Date().toISOString(), load: loadavg()[0] ?? 0 });

/** A result from what was measured. */
export function resultOf(options: Options, before: Start, findings: Findings): BenchResult {
  const { commands, measured, contended, matured, batched, open, end, growth, profiles, devnet } = findings;
  const series = group(measured);
  const minutes = Math.round((Date.now() - Date.parse(before.startedAt)) / 6000) / 10;
  return {
    ...{ schema: 'tenor.bench/3', startedAt: before.startedAt, commit: commitId(), versions: versions(options) },
    ...{
      machine: machine(),
      load: { before: before.load, after: loadavg()[0] ?? 0 },
      settings: settings(options),
      minutes,
    },
    commands: commands.map(describe),
    ...{ series, transfers: transfersOf(series) },
    ratios: ratiosOf({ series, contended, matured, batched, growth }, options.network === 'fabric'),
    ...{ contended, matured, batched, open, end, growth, profiles, devnet },
  };
}

function group(measured: readonly (readonly [Series, Measured])[]): SeriesResult[] {
  const groups = new Map<string, SeriesResult & { repeats: Measured[] }>();
  for (const [{ command, subject, mode, inFlight, units }, result] of measured) {
    const key = `${command} ${mode} ${subject}`;
    const found = groups.get(key) ?? { command, subject, mode, inFlight, units, repeats: [] };
    found.repeats.push(result);
    groups.set(key, found);
  }
  return [...groups.values()];
}

function describe({ name, title, units, shape }: Command): CommandResult {
  const { footprint, endorsers } = shape;
  return {
    ...{ name, title, units, endorsers, hashReads: footprint.hashReads, publicReads: footprint.publicReads },
    keysWrittenByBook: Object.fromEntries(keysByBook(footprint)),
    keyPoliciesSet: footprint.writes.filter(({ policy }) => policy !== undefined).length,
  };
}

/** The commit that runs. */
export function commitId(): string {
  try {
    // A changed copy says so: what was measured is then no commit.
    return execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown'; // a copy without its history, or no git: the figures stand all the same
  }
}

function versions({ network }: Options): Record<string, string> {
  const read = (folder: string): { version: string; dependencies: Record<string, string> } =>
    JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as {
      version: string;
      dependencies: Record<string, string>;
    };
  const [client, chaincode] = [read('client'), read('chaincode')];
  const { '@hyperledger/fabric-gateway': gateway = '', '@grpc/grpc-js': grpc = '' } = client.dependencies;
  const { 'fabric-shim': shim = '', zod = '' } = chaincode.dependencies;
  const fabric = network === 'fabric' ? FABRIC_VERSION : 'none (devnet)';
  return {
    tenor: client.version,
    fabric,
    node: process.versions.node,
    'fabric-gateway': gateway,
    'grpc-js': grpc,
    'fabric-shim': shim,
    zod,
  };
}

/** The machine that runs it. */
export function machine(): BenchResult['machine'] {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
  };
}

function settings(options: Options): Record<string, string | number> {
  const { network, seconds, repeats, lines, inFlight, bulk, bulkRound, sections, growth } = options;
  const { timeoutMs, maxMessageCount } = TOPOLOGY.batch;
  return {
    ...{ engine: network, topology: TOPOLOGY.name, blockMs: timeoutMs, blockMessages: maxMessageCount },
    ...{ seconds, repeats, lines, inFlight, bulk, bulkRound },
    ...{ sections: [...sections].join(' '), growth: growth.join(' ') },
  };
}
