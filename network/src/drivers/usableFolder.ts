/** Finds out whether a folder can hold a network, before anything is started. */
import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../driver.js';

async function isFolder(path: string): Promise<boolean | undefined> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Makes one folder after the other, because Node's recursive `mkdir` never returns if the system denies that a folder exists, as in `/proc`. */
export async function makeFolder(path: string): Promise<void> {
  const there = await isFolder(path);
  if (there === true) return;
  if (there === false) throw new Error(`${path} is a file`);
  await makeFolder(dirname(path));
  await mkdir(path);
}

/**
 * Makes a folder, or takes the one that is there, and makes sure that it can be written: permissions alone do not tell.
 * @throws UsageError saying what to do
 */
export async function ensureUsable(dataPath: string): Promise<void> {
  try {
    await makeFolder(dataPath);
    await rmdir(await mkdtemp(join(dataPath, '.writable-')));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `No network can be kept in ${dataPath}: ${why}. With --data, name a folder that you can write to or that can be made.`,
      { cause },
    );
  }
}
