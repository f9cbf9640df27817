/** The files of a deal: what they may be called, and that nothing outside the deal's folder is ever read. */
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { DOCUMENT_BYTES_MAX } from '@tenor/client';
import { DealError, DEAL_FILE } from './dealError.js';

/** A name of a file or folder that every system can have; `.` and `..` are none. */
const NAME = /^(?!\.{1,2}$)[^\p{Cc}\p{Bidi_Control}\p{Surrogate}\\/:*?"<>|]{1,200}$/u;

/** True for a path that leads downwards from the deal's folder, in names that every system can have. */
export const isFileInside = (file: string): boolean => file.split('/').every((name) => NAME.test(name));

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The real path of the folder of a deal. @throws DealError when it is none */
export async function dealFolder(folder: string): Promise<string> {
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    found = await stat(folder);
  } catch (cause) {
    throw new DealError(DEAL_FILE, '', `Name a folder that is there and can be read: ${folder} is none.`, { cause });
  }
  if (!found.isDirectory())
    throw new DealError(DEAL_FILE, '', `Name the folder of the deal, ${path.dirname(folder)}, not a file in it.`);
  return realpath(folder);
}

/** Reads a plain file of a usable size only: a pipe or a device would never end. */
async function bytesIn(place: string): Promise<Uint8Array> {
  const found = await stat(place);
  if (!found.isFile()) throw new Error('it is no file');
  if (found.size > DOCUMENT_BYTES_MAX) throw new Error('it is larger than 1 MB');
  return readFile(place);
}

/**
 * The bytes of a file of the deal.
 * @param folder real path of the deal's folder
 * @param entry the entry in deal.json that names the file
 * @throws DealError when it is not there, is no file or too large, or is a link that leads out of the folder
 */
export async function bytesOf(folder: string, file: string, entry?: string): Promise<Uint8Array> {
  let place: string;
  try {
    place = await realpath(path.join(folder, file));
  } catch (cause) {
    const other = entry === undefined ? 'name the folder that holds it' : 'name another file';
    const remedy = `Put this file into the folder ${folder} and make it readable, or ${other}.`;
    throw new DealError(file, '', remedy, { cause, entry });
  }
  const inside = path.relative(folder, place);
  if (inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside))
    throw new DealError(file, '', 'Put the file itself into the folder of the deal, not a link that leads out of it.', {
      entry,
    });
  try {
    return await bytesIn(place);
  } catch (cause) {
    throw new DealError(file, '', `Make it a file of at most 1 MB that can be read (${messageOf(cause)}).`, {
      cause,
      entry,
    });
  }
}
