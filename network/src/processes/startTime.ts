/** Tells a process apart from a later one with the same number. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const STATE = 0;
const START_TIME = 19;

// Fields of /proc/PID/stat from the third on: the second, the command in brackets, may hold blanks and brackets itself.
function fromProc(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; only its parent has not looked yet.
  return fields[STATE] === 'Z' ? undefined : fields[START_TIME];
}

const fromPs = (pid: number): string =>
  execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();

/** When a process started, as a text to compare with; undefined when there is none of that number. */
export function startTimeOf(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    // Both ways of asking fail when the process is gone.
    return undefined;
  }
}
