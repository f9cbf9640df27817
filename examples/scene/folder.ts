/** A folder for the data of one run. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetworkError } from '@tenor/network';

/** Makes a new folder whose name begins with `tenor-` and this word. @throws NetworkError that says what to do */
export async function newFolder(word: string): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), `tenor-${word}-`));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkError(
      `No folder can be made in ${tmpdir()} (${why}). Set TMPDIR to a folder that you can write to.`,
      { cause },
    );
  }
}
