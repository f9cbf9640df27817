/** What ends the demo from outside: Ctrl-C, a kill, a closed terminal, a reader that has gone, a parent that has died. */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PARENT_INTERVAL_MS = 500;

/** The exit code of a program that a signal ended. */
const codeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

/**
 * Resolves, with an exit code, at the first interruption. The handlers stay: one Ctrl-C comes twice, from the terminal and
 * from the program above, and the second must not cut short what the first has set going.
 */
export const interruption = (): Promise<number> =>
  new Promise((resolve) => {
    const endsBy = (signal: NodeJS.Signals) => (): void => {
      resolve(codeOf(signal));
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
