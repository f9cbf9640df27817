/** Log files of child processes: opened for appending, and their ends read back for error messages. */
import { closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';

// Reaches back beyond the stack dump of a panic.
const TAIL_BYTES = 16_384;
const TAIL_LINES = 20;
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** An open log file. `start` is its size in bytes before this process wrote to it. */
export interface LogFile {
  readonly descriptor: number;
  readonly start: number;
}

/** Opens a log for appending and creates its folder. */
export function openLog(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, 'a');
  return { descriptor, start: fstatSync(descriptor).size };
}

/** What people need of an output: without colours, the stack dump that follows a Go panic, and the usage that follows a command's error. */
export function readable(output: string): string {
  const plain = output.replaceAll(COLOUR, '');
  const [before = ''] = plain.split(/^goroutine \d+ .*\[|^Usage:$/m);
  return before.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

/** The last lines of a log, not reaching back before byte `start`. */
export function readTail(path: string, start = 0): string {
  const descriptor = openSync(path, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const from = Math.max(start, size - TAIL_BYTES);
    const buffer = Buffer.alloc(Math.max(0, size - from));
    readSync(descriptor, buffer, 0, buffer.length, from);
    return readable(buffer.toString('utf8'));
  } finally {
    closeSync(descriptor);
  }
}
