/** Child programs of the scripts: run to their end, and ended with us, whether a signal comes to all, to us alone, or to nobody. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_INTERVAL_MS = 500;

/** The exit code of a program that a signal ended, as shells have it. */
const codeOf = (signal) => 128 + (constants.signals[signal] ?? 1);

/** Calls `gone` once when npm, which started us, has ended without telling us: a shell between may have taken its signal. */
function watchParent(gone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, PARENT_INTERVAL_MS);
  return timer.unref();
}

/** Signals a child, or all of its group where it leads one. One that has ended has nothing to be told. */
function send(child, signal, group) {
  if (!group) return child.kill(signal);
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
    return false;
  }
}

/**
 * Runs a program to its end. Signals that reach us are passed on to it. With `group`, it leads a process group of its own
 * and all of the group are told: for a program that does not tell its own children. `overdue` is asked now and then; when
 * it says yes, the program is killed.
 * @returns its exit code; `interrupted` is the signal that we were told to stop by, if any; `killed`: it was overdue
 */
export function runChild(command, args, { group = false, overdue, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, detached: group });
    let interrupted;
    let killed = false;
    const passOn = (signal) => {
      interrupted ??= signal;
      if (child.pid !== undefined) send(child, signal, group);
    };
    const watch = watchParent(() => passOn('SIGTERM'));
    const clock =
      overdue &&
      setInterval(() => {
        if (killed || child.pid === undefined || !overdue()) return;
        killed = true;
        send(child, 'SIGKILL', group);
      }, PARENT_INTERVAL_MS);
    const done = () => {
      clearInterval(watch);
      clearInterval(clock);
      for (const signal of SIGNALS) process.off(signal, passOn);
    };
    for (const signal of SIGNALS) process.on(signal, passOn);
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      done();
      resolve({ code: code ?? codeOf(signal), interrupted, killed });
    });
  });
}

/** The code that a script ends with when it was interrupted, whatever its child made of it. */
export const interruptedCode = codeOf;
