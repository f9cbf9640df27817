/** All child processes of one network: the one place that starts, watches and stops them. */
import { spawn } from 'node:child_process';
import { NetworkError, type ProcessStatus } from '../driver.js';
import type { CommandPlan, ProcessPlan } from '../plan.js';
import { Guardian } from './guardian.js';
import { readable } from './log.js';
import { ManagedProcess } from './managedProcess.js';
import { firstAnswering } from './wait.js';

/** What a command printed. */
export interface CommandResult {
  readonly exitCode: number;
  /** Both streams, as they came. */
  readonly output: string;
}

/** Processes by name. A name is used by one process at a time. */
export class Supervisor {
  readonly #guardian = new Guardian();
  readonly #processes = new Map<string, ManagedProcess>();
  #stopped = false;

  /**
   * Starts a process and waits until it is ready.
   * @throws NetworkError when it does not become ready, or when somebody else answers on one of its ports
   */
  async start(plan: ProcessPlan): Promise<ManagedProcess> {
    if (this.#processes.get(plan.name)?.running === true) {
      throw new NetworkError(`Process ${plan.name} is running already.`, { process: plan.name });
    }
    const taken = await firstAnswering(plan.ready);
    if (taken !== undefined) {
      const message = `Process ${plan.name} was not started: another program listens on ${taken}.`;
      throw new NetworkError(message, { process: plan.name });
    }
    if (this.#stopped) throw new NetworkError(`Process ${plan.name} was not started: the network is being stopped.`);
    const started = new ManagedProcess(plan, this.#guardian);
    this.#processes.set(plan.name, started);
    await started.ready();
    return started;
  }

  /** The cause of a failed step: a process that has ended, if there is one, since the step may only have met its absence. */
  diagnose(cause: unknown): unknown {
    if (cause instanceof NetworkError && this.#processes.has(cause.process ?? '')) return cause;
    const dead = [...this.#processes.values()].find(({ running }) => !running);
    return dead?.failure() ?? cause;
  }

  /** A process by name, running or not. */
  find(name: string): ManagedProcess | undefined {
    return this.#processes.get(name);
  }

  /** Runs a command to its end, whatever its exit code. @throws NetworkError when it cannot be started */
  run(plan: CommandPlan): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      const child = spawn(plan.command, plan.args, {
        cwd: plan.cwd,
        env: plan.env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const { pid } = child;
      if (pid !== undefined) this.#guardian.add(pid);
      const chunks: Buffer[] = [];
      const collect = (chunk: Buffer): unknown => chunks.push(chunk);
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.once('error', (cause) => {
        reject(new NetworkError(`${plan.name} could not be started: ${cause.message}`, { process: plan.name, cause }));
      });
      child.once('close', (code) => {
        if (pid !== undefined) this.#guardian.remove(pid);
        resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString('utf8') });
      });
    });
  }

  /**
   * Runs a command that must succeed. `accept` says which failures count as success, for a step that was done before.
   * @throws NetworkError with the command's output
   */
  async must(plan: CommandPlan, accept: (result: CommandResult) => boolean = () => false): Promise<CommandResult> {
    const result = await this.run(plan);
    if (result.exitCode === 0 || accept(result)) return result;
    const logTail = readable(result.output);
    throw new NetworkError(`${plan.name} failed with exit code ${String(result.exitCode)}:\n${logTail}`, {
      process: plan.name,
      logTail,
    });
  }

  /** One line for each process. */
  status(): readonly ProcessStatus[] {
    return [...this.#processes.values()].map(({ plan, pid, running }) => ({
      name: plan.name,
      running,
      logPath: plan.logPath,
      address: plan.address,
      ...(pid === undefined || !running ? {} : { pid }),
    }));
  }

  /** Stops all processes side by side, the last started first, and waits until they are gone. */
  async stopAll(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#processes.values()].reverse().map((each) => each.stop()));
  }
}
