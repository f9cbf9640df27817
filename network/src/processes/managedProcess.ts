/** One child process: started in a group of its own, its output in a log file, stopped as a group. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { NetworkError } from '../driver.js';
import type { ProcessPlan } from '../plan.js';
import type { Guardian } from './guardian.js';
import { openLog, readTail, type LogFile } from './log.js';
import { answers, pause } from './wait.js';

const GRACE_MS = 5000;
const READY_TIMEOUT_MS = 30_000;
const READY_INTERVAL_MS = 25;
const GONE_INTERVAL_MS = 10;

/** Sends a signal to a whole process group, 0 to ask only; false when it is gone. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw cause;
  }
}

/** The time that a process has to end by itself. The child keeps its owner alive; this alone must not. */
const grace = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, GRACE_MS).unref();
  });

/** A child that is, or was, running. */
export class ManagedProcess {
  readonly plan: ProcessPlan;
  readonly pid: number | undefined;
  /** Resolves, never rejects, with a sentence on how the process ended. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #log: LogFile;
  #end: string | undefined;

  constructor(plan: ProcessPlan, guardian: Guardian) {
    this.plan = plan;
    this.#log = openLog(plan.logPath);
    const { descriptor } = this.#log;
    this.#child = spawn(plan.command, plan.args, {
      cwd: plan.cwd,
      env: plan.env,
      detached: true,
      stdio: ['ignore', descriptor, descriptor, ...(plan.messages ? (['ipc'] as const) : [])],
    });
    closeSync(descriptor);
    const { pid } = this.#child;
    this.pid = pid;
    if (pid !== undefined) guardian.add(pid);
    this.ended = new Promise((resolve) => {
      const finish = (how: string): void => {
        this.#end = how;
        if (pid !== undefined) guardian.remove(pid);
        resolve(how);
      };
      this.#child.once('error', (cause) => {
        finish(`could not be started: ${cause.message}`);
      });
      this.#child.once('exit', (code, signal) => {
        finish(signal === null ? `ended with exit code ${String(code)}` : `was ended by ${signal}`);
      });
    });
  }

  /** The child as one that takes messages. @throws NetworkError when it has ended */
  get channel(): ChildProcess {
    if (!this.running) throw this.failure();
    return this.#child;
  }

  get running(): boolean {
    return this.#end === undefined;
  }

  /** The end of what this process, not an earlier one of the same name, has logged. */
  get logTail(): string {
    return readTail(this.plan.logPath, this.#log.start);
  }

  /** Waits until the process answers. @throws NetworkError when it ends before, or does not answer in 30 s */
  async ready(): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (!this.running) throw this.failure();
      if (await answers(this.plan.ready)) return;
      await Promise.race([pause(READY_INTERVAL_MS), this.ended]);
    }
    throw this.failure(`did not answer at ${this.plan.address} within ${String(READY_TIMEOUT_MS / 1000)} s`);
  }

  /** An error that names this process, says what is wrong (by default: how it ended) and shows the end of its log. */
  failure(what = this.#end ?? 'is running'): NetworkError {
    const { logTail } = this;
    const log = logTail === '' ? 'It logged nothing.' : `The end of its log (${this.plan.logPath}):\n${logTail}`;
    return new NetworkError(`Process ${this.plan.name} ${what}. ${log}`, { process: this.plan.name, logTail });
  }

  /** Asks the group to stop, insists after 5 s, and waits until it is gone. */
  async stop(): Promise<void> {
    if (!this.running || this.pid === undefined) return;
    signalGroup(this.pid, 'SIGTERM');
    if (!(await this.#gone(this.pid))) await this.#kill(this.pid);
  }

  /** Ends the group at once and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.running && this.pid !== undefined) await this.#kill(this.pid);
  }

  async #kill(group: number): Promise<void> {
    signalGroup(group, 'SIGKILL');
    await this.ended;
    await this.#gone(group);
  }

  /** Whether all of the group ends in time: a program's own child, as npm's, may outlive it and keep its port. */
  async #gone(group: number): Promise<boolean> {
    const deadline = Date.now() + GRACE_MS;
    if (!(await Promise.race([this.ended.then(() => true), grace().then(() => false)]))) return false;
    while (signalGroup(group, 0)) {
      if (Date.now() > deadline) return false;
      await pause(GONE_INTERVAL_MS);
    }
    return true;
  }
}
