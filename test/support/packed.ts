/** Packages as a stranger gets them: packed, and installed into an empty project. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { must } from './processes.js';

const ROOT = resolve(__dirname, '../..');
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/** What `npm pack` made. */
export interface Packed {
  readonly path: string;
  /** Every file in it, relative to the package. */
  readonly files: readonly string[];
}

/** A package.json as far as the suites look into it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly types: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Reads a package.json. */
export const manifestOf = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Packs a built package of this repository into a folder. */
export async function pack(name: 'client' | 'devnet', target: string): Promise<Packed> {
  const args = ['pack', '--json', '--pack-destination', target, '--loglevel=error'];
  const [packed] = JSON.parse(await must('npm', args, { cwd: join(ROOT, name) })) as {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  if (packed === undefined) throw new Error('npm packed nothing');
  return { path: join(target, packed.filename), files: packed.files.map(({ path }) => path) };
}

/** Makes a project, of these files where some are named, and installs a packed package into it, with nothing else. */
export async function newProject(folder: string, packed: Packed, files?: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0', private: true }));
  if (files !== undefined) await cp(files, folder, { recursive: true });
  await must('npm', ['install', '--prefer-offline', ...QUIET, packed.path], { cwd: folder });
}

/** The compilers in use: this repository's own, and the one before it, whose programming interface the docs are made with. */
export type Compiler = 'typescript' | 'typescript-api';

/** The program of a compiler. */
export const compilerAt = (name: Compiler): string => join(ROOT, 'node_modules', name, 'bin/tsc');
