/**
 * The chaincode package that organisations install. It holds only connection.json, because the program runs as a server of its own.
 * Its bytes depend only on the label, so that every organisation always computes the same package id.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ADDRESS_PLACEHOLDER } from '../expand/builder.js';

const BLOCK = 512;
const OPERATING_SYSTEM_BYTE = 9;

interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

// One POSIX ustar header: name, mode, owner and group 0, size, time 0.
function header({ name, content }: Entry): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'ascii');
  block.write(
    [octal(0o644, 8), octal(0, 8), octal(0, 8), octal(content.length, 12), octal(0, 12)].join(''),
    100,
    'ascii',
  );
  block.write('        0', 148, 'ascii');
  block.write('ustar\x0000', 257, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148, 'ascii');
  return block;
}

const padded = (content: Buffer): Buffer =>
  Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);

function tarGz(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap((entry) => [header(entry), padded(entry.content)]);
  const archive = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 0 });
  // Names the operating system: not ours to tell. Uncompressed (level 0), since how zlib compresses changes with its version.
  archive.writeUInt8(255, OPERATING_SYSTEM_BYTE);
  return archive;
}

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));

/** A package with its id. */
export interface PackedChaincode {
  readonly label: string;
  readonly packageId: string;
  readonly bytes: Buffer;
}

/** Label of a chaincode's package. */
export const labelOf = (name: string): string => `${name}_1`;

/** Packs a chaincode server for all organisations alike. */
export function packChaincode(name: string): PackedChaincode {
  const label = labelOf(name);
  const connection = { address: ADDRESS_PLACEHOLDER, dial_timeout: '5s', tls_required: false };
  const code = tarGz([{ name: 'connection.json', content: json(connection) }]);
  const bytes = tarGz([
    { name: 'metadata.json', content: json({ type: 'ccaas', label }) },
    { name: 'code.tar.gz', content: code },
  ]);
  return { label, bytes, packageId: `${label}:${createHash('sha256').update(bytes).digest('hex')}` };
}
