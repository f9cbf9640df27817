// Files that the command line makes, in folders that need not be there.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { IdentityFile } from '../identities/folders.js';
import { messageOf } from '../messageOf.js';

/** Writes the files in their order. Rejects with what the system says of the first folder or file that cannot be made. */
export async function writeFiles(files: readonly IdentityFile[]): Promise<void> {
  for (const { path, content, mode } of files) {
    await writable(async () => {
      await makeFolder(dirname(path));
      await writeFile(path, content, { mode });
    });
  }
}

/** Does what writes. Rejects with what the system says, and what to do about it. */
export async function writable(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    throw new Error(`cannot write where --directory says (choose another folder): ${messageOf(cause)}`, { cause });
  }
}

/**
 * One folder after the other, from the first that is missing. Node's own recursive mkdir never ends where a file system refuses
 * folders as ENOENT, as /proc does, and says ENOENT where one is read-only.
 */
export async function makeFolder(path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw cause;
  });
  if (found) {
    return; // a file in its place is refused when something is made in it
  }
  await makeFolder(dirname(path));
  await mkdir(path);
}
