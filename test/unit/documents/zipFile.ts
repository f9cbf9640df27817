/** ZIP archives as tests need them: with anything wrong in them that a writer can get wrong, or forge. */
import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive, and what is to be wrong with it. */
export interface Packed {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  /** The sizes stand behind the data, as streaming writers put them. */
  readonly sizesBehind?: boolean;
  /** In the place of what is true: in the directory, and in the file's own header. */
  readonly told?: Partial<Record<'flags' | 'method' | 'crc' | 'size' | 'compressedSize' | 'disk', number>>;
  readonly ownName?: string;
  readonly ownSize?: number;
}

const le = (...fields: readonly (readonly [bytes: number, value: number])[]): Buffer =>
  Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );

/** A file as it stands in an archive: its own header and data, and its row of the directory without the place. */
function packedFile(file: Packed): { readonly local: Buffer; readonly rowAt: (at: number) => Buffer } {
  const { name, content, stored = false, sizesBehind = false, told, ownName = name, ownSize } = file;
  const bytes = Buffer.from(content);
  const data = stored ? bytes : deflateRawSync(bytes);
  const { flags, method, crc, size, compressedSize, disk } = {
    ...{ flags: sizesBehind ? 0x808 : 0x800, method: stored ? 0 : 8, crc: crc32(bytes) },
    ...{ size: bytes.length, compressedSize: data.length, disk: 0, ...told },
  };
  const how = le([2, 20], [2, flags], [2, method], [4, 0x5c7a0000]);
  const sizes = le([4, crc], [4, compressedSize], [4, size]);
  const own = sizesBehind ? Buffer.alloc(12) : le([4, crc], [4, compressedSize], [4, ownSize ?? size]);
  const behind = sizesBehind ? [le([4, 0x08074b50]), sizes] : [];
  const lengths = (text: string): Buffer => le([2, Buffer.byteLength(text)], [2, 0]);
  return {
    local: Buffer.concat([le([4, 0x04034b50]), how, own, lengths(ownName), Buffer.from(ownName), data, ...behind]),
    rowAt: (at) =>
      Buffer.concat([
        ...[le([4, 0x02014b50], [2, 20]), how, sizes, lengths(name)],
        ...[le([2, 0], [2, disk], [2, 0], [4, 0], [4, at]), Buffer.from(name)],
      ]),
  };
}

/** A ZIP archive (PKWARE APPNOTE 4.3). */
export function zip(files: readonly Packed[], comment = ''): Buffer {
  const [parts, rows]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { local, rowAt } of files.map(packedFile)) {
    parts.push(local);
    rows.push(rowAt(at));
    at += local.length;
  }
  const directory = Buffer.concat(rows);
  const counts = le([2, 0], [2, 0], [2, files.length], [2, files.length]);
  const end = [le([4, 0x06054b50]), counts, le([4, directory.length], [4, at], [2, Buffer.byteLength(comment)])];
  return Buffer.concat([...parts, directory, ...end, Buffer.from(comment)]);
}
