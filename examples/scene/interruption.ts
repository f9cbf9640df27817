/** What ends the demo and the example programs from outside: Ctrl-C, a kill, a closed terminal, a reader that has gone, a parent that has died. */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PARENT_INTERVAL_MS = 500;

/** The exit code of a program that a signal ended. */
const codeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

/** Why a program was told to stop before its end. */
export interface Interruption {
  /** What the program ends with. */
  readonly code: number;
  /** The cause, as people call it. */
  readonly by: string;
}

const CAUSES: Readonly<Record<(typeof SIGNALS)[number] | 'SIGPIPE', string>> = {
  SIGINT: 'Ctrl-C (SIGINT)',
  SIGTERM: 'SIGTERM',
  SIGHUP: 'a closed terminal (SIGHUP)',
  SIGPIPE: 'a reader that has gone (SIGPIPE)',
};

/**
 * Resolves at the first interruption. The handlers stay: one Ctrl-C comes twice, from the terminal and from the program
 * above, and the second must not cut short what the first has set going.
 */
export const interruption = (): Promise<Interruption> =>
  new Promise((resolve) => {
    const endsBy = (signal: keyof typeof CAUSES) => (): void => {
      resolve({ code: codeOf(signal), by: CAUSES[signal] });
    };
    for (const signal of SIGNALS) process.on(signal, endsBy(signal));
    process.stdout.on('error', endsBy('SIGPIPE'));
  });

/** Resolves when the program above is gone: a network that is kept would be kept by nobody. Keeps this process alive. */
export const parentGone = (): Promise<void> =>
  new Promise((resolve) => {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, PARENT_INTERVAL_MS);
  });
