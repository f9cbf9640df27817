/** Looks for secrets in bytes, in every form in which a log, a block or a file may carry them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret by name, with every form in which it may appear. */
export interface Needle {
  readonly name: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Where a secret was found. */
export interface Finding {
  readonly where: string;
  readonly name: string;
  readonly form: string;
}

/** Bytes to look through. */
export interface Hay {
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** Base64 of a text inside a longer one: three alignments, without the letters that depend on the neighbours. */
function base64Forms(text: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), text])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((shift * 8) / 6);
    const wholeBits = (shift + text.length) * 8;
    return encoded.slice(first, Math.floor(wholeBits / 6));
  });
}

/** The forms of a secret: as text in three encodings, in hex, in base64, and hashed without salt. */
export function needlesOf(name: string, secret: string): Needle[] {
  const text = Buffer.from(secret, 'utf8');
  const wide = Buffer.from(secret, 'utf16le');
  const forms: [string, Buffer][] = [
    ['utf8', text],
    ['utf16le', wide],
    ['utf16be', Buffer.from(wide).swap16()],
    ['hex', Buffer.from(text.toString('hex'))],
    ['HEX', Buffer.from(text.toString('hex').toUpperCase())],
    ...base64Forms(text).map((form): [string, Buffer] => ['base64', Buffer.from(form)]),
    ...base64Forms(text).map((form): [string, Buffer] => [
      'base64url',
      Buffer.from(form.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
  const isFirst = ([, bytes]: [string, Buffer], index: number): boolean =>
    forms.findIndex(([, other]) => other.equals(bytes)) === index;
  return forms.filter(isFirst).map(([form, bytes]) => ({ name, form, bytes }));
}

/** Every secret that the hay holds, once a place. */
export function scan(hay: readonly Hay[], needles: readonly Needle[]): Finding[] {
  return hay.flatMap(({ where, bytes }) => {
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return needles.flatMap(({ name, form, bytes: needle }) => (whole.includes(needle) ? [{ where, name, form }] : []));
  });
}

/** Databases write their logs into files made large beforehand. */
function withoutTrailingZeros(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}

/** All files below a folder, as hay. Files that vanish while it is read are left out. */
export async function hayOf(folder: string): Promise<Hay[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = await Promise.all(
    files.map(async (path): Promise<Hay | undefined> => {
      try {
        return { where: path.slice(folder.length + 1), bytes: withoutTrailingZeros(await readFile(path)) };
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    }),
  );
  return read.filter((each) => each !== undefined);
}
