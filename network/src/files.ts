/** Writing planned files. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PlannedFile } from './plan.js';

/** Writes files and creates their folders. A file that exists is replaced. */
export async function writeFiles(files: readonly PlannedFile[]): Promise<void> {
  for (const { path, content, mode } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode });
  }
}

/** Writes one file so that a reader sees the old content or the new, never a part. */
export async function replaceFile(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const part = `${path}.${String(process.pid)}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(part, content, { mode });
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    throw cause;
  }
}
