/** Everything that decides what a case does on real Fabric, as one hash: while it stays the same, running them again shows nothing new. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { SUITE } from './expected.js';

const ROOT = resolve(SUITE, '../..');

/** The cases with what they send and how, the network that they run on, and the shim below the probe chaincode. */
const FOLDERS = [
  ...['cases', 'chaincode', 'programs', 'support'].map((name) => join(SUITE, name)),
  join(ROOT, 'network/src'),
];
const FILES = [join(ROOT, 'chaincode/package-lock.json'), join(ROOT, 'package-lock.json')];

const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** SHA-256 over names and bytes of these files, in hexadecimal digits. */
export function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const path of [...FOLDERS.flatMap(below), ...FILES].sort()) {
    const bytes = readFileSync(path);
    hash.update(`${relative(ROOT, path)}\n${String(bytes.length)}\n`).update(bytes);
  }
  return hash.digest('hex');
}
