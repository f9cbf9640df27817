/**
 * ZIP archives (PKWARE APPNOTE 6.3), read as strictly as no library for Node does: synchronously, checked against the checksum, and only
 * where every program finds the same files. What is ambiguous is refused. Nothing is ever written to a disk.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { DOCUMENT_BYTES_MAX } from './bytes.js';
import { DocumentError } from './documentError.js';

/** A file in an archive, as the archive's directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly at: number;
}

/** The files of an archive by their names. */
export interface Archive {
  readonly bytes: Buffer;
  readonly entries: ReadonlyMap<string, ZipEntry>;
}

/** The file of an OFD that names all others. */
export const OFD_XML = 'OFD.xml';
const ENTRIES_MAX = 1000;
const END = { signature: 0x06054b50, size: 22, commentMax: 0xffff };
const HEADER = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
/** Bits of an entry's flags (section 4.4.4): encrypted, sizes behind the data, strongly encrypted, directory encrypted. */
const FLAG = { encrypted: 0x2041, sizesBehind: 0x8 };
const [STORED, DEFLATED] = [0, 8];

const refused = (expected: string, path?: string): DocumentError =>
  new DocumentError('DOCUMENT_ARCHIVE', { expected, ...(path === undefined ? {} : { path }) });

/** Where the end of the directory stands. A comment may hold bytes that look like it, so exactly one must fit. */
function endOf(bytes: Buffer): number {
  const found: number[] = [];
  const first = Math.max(0, bytes.length - END.size - END.commentMax);
  for (let at = bytes.length - END.size; at >= first; at--) {
    const isEnd = bytes.readUInt32LE(at) === END.signature;
    if (isEnd && at + END.size + bytes.readUInt16LE(at + 20) === bytes.length) found.push(at);
  }
  const [end, second] = found;
  if (end === undefined || second !== undefined) throw refused('one directory at its end');
  return end;
}

/** A name that stays inside the archive, and that every system reads alike. */
const isPlainName = (name: string): boolean =>
  /^[^\\:\p{Cc}\ufffd]{1,500}$/u.test(name) && !/(?:^|\/)\.{0,2}(?:\/|$)/.test(name.replace(/\/$/, ''));

function entryAt(bytes: Buffer, at: number, end: number): { readonly entry: ZipEntry; readonly next: number } {
  if (at + HEADER.size > end || bytes.readUInt32LE(at) !== HEADER.signature) throw refused('a whole directory');
  const [nameSize, extraSize, commentSize] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
  const nameEnd = at + HEADER.size + (nameSize ?? 0);
  const name = bytes.toString('utf8', at + HEADER.size, nameEnd);
  const entry = {
    name,
    flags: bytes.readUInt16LE(at + 8),
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    compressedSize: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    at: bytes.readUInt32LE(at + 42),
  };
  if (bytes.readUInt16LE(at + 34) !== 0) throw refused('an archive in one part');
  if (!isPlainName(name)) throw refused('names of files inside it, with plain steps');
  return { entry, next: nameEnd + (extraSize ?? 0) + (commentSize ?? 0) };
}

/**
 * The directory of an archive.
 * @throws DocumentError DOCUMENT_ARCHIVE for more than 1000 files, ZIP64, several parts, names twice (in capitals or not), names that
 *   lead outside, and directories that do not fill their place
 */
export function openZip(file: Uint8Array): Archive {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = endOf(bytes);
  const [disk, diskOfDirectory, countHere, count = 0] = [4, 6, 8, 10].map((field) => bytes.readUInt16LE(end + field));
  const [size, start] = [bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)];
  if (disk !== 0 || diskOfDirectory !== 0 || countHere !== count) throw refused('an archive in one part');
  if (count > ENTRIES_MAX) throw refused(`at most ${String(ENTRIES_MAX)} files`);
  if (start + size !== end) throw refused('a whole directory');
  const entries = new Map<string, ZipEntry>();
  const names = new Set<string>();
  let at = start;
  for (let index = 0; index < count; index++) {
    const { entry, next } = entryAt(bytes, at, end);
    if (names.has(entry.name.toLowerCase())) throw refused('every name once');
    names.add(entry.name.toLowerCase());
    entries.set(entry.name, entry);
    at = next;
  }
  if (at !== end) throw refused('a whole directory');
  return { bytes, entries };
}

/** Whether a file's own header says what the directory says. Sizes behind the data are told by the directory alone. */
function isSameInOwnHeader(bytes: Buffer, entry: ZipEntry, nameEnd: number): boolean {
  const { at, name, flags, method, crc, compressedSize, size } = entry;
  if (bytes.readUInt16LE(at + 6) !== flags || bytes.readUInt16LE(at + 8) !== method) return false;
  if (bytes.toString('utf8', at + LOCAL.size, nameEnd) !== name) return false;
  const own = [14, 18, 22].map((field) => bytes.readUInt32LE(at + field));
  return (flags & FLAG.sizesBehind) !== 0 || own.every((told, index) => told === [crc, compressedSize, size][index]);
}

/** The data of a file as they are stored. */
function dataOf(bytes: Buffer, entry: ZipEntry): Buffer {
  const { at, name, compressedSize } = entry;
  if (at + LOCAL.size > bytes.length || bytes.readUInt32LE(at) !== LOCAL.signature) throw refused('a whole file', name);
  const nameEnd = at + LOCAL.size + bytes.readUInt16LE(at + 26);
  if (!isSameInOwnHeader(bytes, entry, nameEnd)) throw refused('the same in its directory and in its own header', name);
  const start = nameEnd + bytes.readUInt16LE(at + 28);
  if (start + compressedSize > bytes.length) throw refused('a whole file', name);
  return bytes.subarray(start, start + compressedSize);
}

function inflated(data: Buffer, { name, method, size }: ZipEntry): Buffer {
  if (method === STORED) return data;
  if (method !== DEFLATED) throw refused('a file that is stored or deflated', name);
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw refused('a whole file of the size that it tells', name);
  }
}

/**
 * A file of an archive, or undefined where it has none of that name.
 * @throws DocumentError DOCUMENT_ARCHIVE where it is larger than a document may be, encrypted, or not what its directory says
 */
export function unzipped({ bytes, entries }: Archive, name: string): Uint8Array | undefined {
  const entry = entries.get(name);
  if (entry === undefined) return undefined;
  if ((entry.flags & FLAG.encrypted) !== 0) throw refused('a file that is not encrypted', name);
  if (entry.size > DOCUMENT_BYTES_MAX) throw refused(`a file of at most ${String(DOCUMENT_BYTES_MAX)} bytes`, name);
  const content = inflated(dataOf(bytes, entry), entry);
  if (content.length === entry.size && crc32(content) === entry.crc) return content;
  throw refused('a file of the size and checksum that it tells', name);
}

/**
 * Whether an archive is an OFD, which begins with the file OFD.xml (GB/T 33190-2016, section 7.3). Where its directory cannot be read, the
 * name anywhere in it is enough, so that its reader says what is wrong with it.
 */
export function isOfd(file: Uint8Array): boolean {
  try {
    return openZip(file).entries.has(OFD_XML);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return Buffer.from(file.buffer, file.byteOffset, file.byteLength).includes(OFD_XML);
  }
}
