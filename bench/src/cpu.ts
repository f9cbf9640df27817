/** CPU time by process, from /proc. Elsewhere than on Linux there is none to report. */
import { existsSync, readFileSync } from 'node:fs';
import type { RunningNetwork } from '@tenor/network';

/** Milliseconds of a clock tick: USER_HZ is 100 on every Linux that Node runs on. */
const TICK_MS = 10;
/** Fields utime and stime, counted after the command name, which may hold blanks. */
const UTIME = 11;
const STIME = 12;

/** Processes by name. */
export type Processes = ReadonlyMap<string, number>;

/** The processes of a network, and this one as `client`. */
export async function processesOf(network: RunningNetwork): Promise<Processes> {
  const running = await network.status();
  return new Map([
    ['client', process.pid],
    ...running.flatMap(({ name, pid }): [string, number][] => (pid === undefined ? [] : [[name, pid]])),
  ]);
}

/** CPU milliseconds by process name. */
export type CpuTimes = Readonly<Record<string, number>>;

function cpuMsOf(pid: number): number {
  const path = `/proc/${String(pid)}/stat`;
  if (!existsSync(path)) return 0;
  const stat = readFileSync(path, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME]) + Number(fields[STIME])) * TICK_MS;
}

/** CPU time that each process has used so far. */
export const cpuTimes = (processes: Processes): CpuTimes =>
  Object.fromEntries([...processes].map(([name, pid]) => [name, cpuMsOf(pid)]));

/** What was used from one reading to the next. */
export const cpuBetween = (before: CpuTimes, after: CpuTimes): CpuTimes =>
  Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));

/** Sum of two readings. */
export const cpuSum = (one: CpuTimes, other: CpuTimes): CpuTimes =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [
      name,
      (one[name] ?? 0) + (other[name] ?? 0),
    ]),
  );

/** Counts the CPU time of processes together, lap by lap. */
export class Meter {
  readonly #processes: Processes;
  #before: CpuTimes;

  constructor(processes: Processes) {
    this.#processes = processes;
    this.#before = cpuTimes(processes);
  }

  /** Milliseconds since the last lap. */
  lap(): number {
    const now = cpuTimes(this.#processes);
    const used = Object.values(cpuBetween(this.#before, now)).reduce((sum, ms) => sum + ms, 0);
    this.#before = now;
    return used;
  }
}
