/** Programs run as children, as a person runs them: what they print, how they end, and what they leave behind. */
import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a program runs. */
export type RunOptions = Pick<SpawnOptions, 'cwd' | 'env'>;

const POLL_MS = 25;

/** A program that is, or was, running. */
export class Program {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #hasEnded = false;

  constructor(command: string, args: readonly string[], options: RunOptions = {}) {
    this.#child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#stdout += chunk.toString('utf8')));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString('utf8')));
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        this.#hasEnded = true;
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  /** Process id. @throws Error when the program could not be started */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the program was not started');
    return this.#child.pid;
  }

  /** Whether it runs no more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** What it has printed so far. */
  get stdout(): string {
    return this.#stdout;
  }

  /** Waits until either stream has shown `pattern`. @throws Error when the program ends before */
  async shows(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.#stdout) && !pattern.test(this.#stderr)) {
      if (this.#hasEnded) throw new Error(`ended without showing ${String(pattern)}:\n${this.#stdout}${this.#stderr}`);
      await sleep(POLL_MS);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends the program and all below it, if it still runs: for programs that serve, and for clean-up after a failed test. */
  async kill(): Promise<void> {
    if (!this.#hasEnded) {
      for (const { pid } of descendantsOf(this.pid)) end(pid);
      this.signal('SIGKILL');
    }
    await this.ended;
  }
}

/** Runs a program to its end. */
export const run = (command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
  new Program(command, args, options).ended;

/** Runs a program that must succeed, and answers what it printed. @throws Error with its output */
export async function must(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}:\n${stdout}${stderr}`);
  return stdout;
}

/** A process below another one. */
export interface Descendant {
  readonly pid: number;
  readonly command: string;
}

/** All processes below one, whatever group or session they are in. */
export function descendantsOf(pid: number): Descendant[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const all = rows
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .filter((match) => match !== null)
    .map(([, own, parent, command = '']) => ({ pid: Number(own), parent: Number(parent), command }));
  const below = (root: number): Descendant[] =>
    all
      .filter(({ parent }) => parent === root)
      .flatMap((each) => [{ pid: each.pid, command: each.command }, ...below(each.pid)]);
  return below(pid);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
  }
}

/** Of these processes those that run. One that has ended and waits for a parent to ask how (a zombie) does not. */
function running(processes: readonly Descendant[]): Descendant[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,stat='], { encoding: 'utf8' }).split('\n');
  const alive = new Set(
    rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, stat = 'Z']) => !stat.startsWith('Z'))
      .map(([pid]) => Number(pid)),
  );
  return processes.filter(({ pid }) => alive.has(pid));
}

/** Waits until these processes are gone and answers those that are not after `patienceMs`. */
export async function survivors(processes: readonly Descendant[], patienceMs = 8_000): Promise<Descendant[]> {
  const deadline = Date.now() + patienceMs;
  let left = running(processes);
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(100);
    left = running(left);
  }
  return left;
}
