/** The file that says which process keeps a network running behind a data folder. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetworkError, UsageError } from '../driver.js';
import { replaceFile } from '../files.js';
import { startTimeOf } from '../processes/startTime.js';

/** What the file holds. */
export interface NetworkState {
  readonly engine: 'devnet' | 'fabric';
  readonly topology: string;
  /** Process that owns all others of the network. */
  readonly pid: number;
  /** When it started, so that a stranger with the same number is not taken for it. */
  readonly startTime: string;
  /** Unix socket on which it takes commands. */
  readonly socketPath: string;
}

// Longer names are refused by the system.
const LONGEST_SOCKET_PATH = 100;

/** Where the state of a network lies. */
const statePath = (dataPath: string): string => join(dataPath, 'state.json');

/** Socket in the data folder, or, when its name would be too long, in the folder for temporary files. */
export function socketPathFor(dataPath: string): string {
  const inside = join(dataPath, 'control.sock');
  if (inside.length <= LONGEST_SOCKET_PATH) return inside;
  return join(tmpdir(), `tenor-${createHash('sha256').update(dataPath).digest('hex').slice(0, 16)}.sock`);
}

/** Records this process as the one that keeps the network running. @throws NetworkError when its start time is unknown */
export async function writeState(
  dataPath: string,
  state: Pick<NetworkState, 'engine' | 'topology' | 'socketPath'>,
): Promise<void> {
  const { pid } = process;
  const startTime = startTimeOf(pid);
  if (startTime === undefined)
    throw new NetworkError('The start time of this process cannot be read (is `ps` there?).');
  const whole: NetworkState = { ...state, pid, startTime };
  await replaceFile(statePath(dataPath), `${JSON.stringify(whole, null, 2)}\n`);
}

/** Removes the record. */
export const removeState = (dataPath: string): Promise<void> => rm(statePath(dataPath), { force: true });

/** Whether the recorded process is still running. */
export const isRunning = ({ pid, startTime }: NetworkState): boolean => startTimeOf(pid) === startTime;

/** The record, unless there is none or its process is gone. @throws NetworkError when it cannot be understood, UsageError when it cannot be read */
export async function readState(dataPath: string): Promise<NetworkState | undefined> {
  let text: string;
  try {
    text = await readFile(statePath(dataPath), 'utf8');
  } catch (cause) {
    // A file, or something below one, holds no network either.
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new UsageError(`${dataPath} cannot be read: ${String(cause)}. Name another folder with --data.`, {
      cause,
    });
  }
  try {
    const state = JSON.parse(text) as NetworkState;
    return isRunning(state) ? state : undefined;
  } catch (cause) {
    throw new NetworkError(
      `${statePath(dataPath)} cannot be read. It says which process keeps the network running. ` +
        'If processes of this network are running, end them, and then remove the file.',
      { cause },
    );
  }
}
