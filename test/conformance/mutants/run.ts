/** Runs the suite against devnet with one check taken out at a time, in a copy outside of the tree. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript-api';
import { SUITE } from '../support/expected.js';
import { MUTANTS } from './list.js';
import type { Mutant } from './mutant.js';

const ROOT = resolve(SUITE, '../..');
const SOURCES = join(ROOT, 'devnet/src');
const COPIED = ['network/dist', 'network/package.json', 'devnet/dist', 'devnet/package.json'] as const;
const SUITE_PARTS = ['dist', 'expected', 'chaincode'] as const;

/** A copy in which packages are those of the tree, but for the network's own. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'conformance-mutants-'));
  for (const path of COPIED) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  for (const part of SUITE_PARTS) {
    cpSync(join(SUITE, part), join(copy, 'test/conformance', part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'chaincode'), join(copy, 'chaincode'));
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@tenor'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@tenor' && name !== 'tenor-devnet') {
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
  }
  symlinkSync(join(copy, 'network'), join(modules, '@tenor/network'));
  symlinkSync(join(copy, 'devnet'), join(modules, 'tenor-devnet'));
  return copy;
}

function compiled({ file, from, to, name }: Mutant): string {
  const source = readFileSync(join(SOURCES, file), 'utf8');
  if (source.split(from).length !== 2) throw new Error(`mutant "${name}": ${file} does not have its text exactly once`);
  const options = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  return transpileModule(
    source.replace(from, () => to),
    { compilerOptions: options, fileName: file },
  ).outputText;
}

/** Exit code of a suite that could not run, as when its network does not come up: not that of one in which a case differs. */
export const DID_NOT_RUN = 3;

/** The exit code of the suite, or of the part of it that `only` names. */
function exitCodeOf(copy: string, only: readonly string[]): Promise<number | null> {
  const args = [join(copy, 'test/conformance/dist/main.js'), '--on', 'devnet', ...only];
  return new Promise((resolvePromise, reject) => {
    const child = spawn(process.execPath, args, { cwd: copy, stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', resolvePromise);
  });
}

/** What becomes of a mutant. Without some checks no network comes up, or devnet throws where it should refuse. */
type Fate = 'SURVIVED' | 'killed' | 'no run';

const FATES: ReadonlyMap<number | null, Fate> = new Map([
  [0, 'SURVIVED'],
  [1, 'killed'],
]);

/** A suite that could not run is run once more: the machine may have been too slow for its network. */
async function fateIn(copy: string, only: readonly string[]): Promise<Fate> {
  const first = FATES.get(await exitCodeOf(copy, only));
  return first ?? FATES.get(await exitCodeOf(copy, only)) ?? 'no run';
}

async function fateOf(copy: string, mutant: Mutant): Promise<Fate> {
  const target = join(copy, 'devnet/dist', mutant.file.replace(/\.ts$/, '.js'));
  const original = readFileSync(target);
  writeFileSync(target, compiled(mutant));
  try {
    const fate = await fateIn(copy, ['--only', mutant.by]);
    return fate === 'SURVIVED' ? await fateIn(copy, []) : fate;
  } finally {
    writeFileSync(target, original);
  }
}

/** Copies of the tree in which mutants are tried at the same time. */
const AT_ONCE = 2;

/** Takes mutants off the list until there are none. @returns those that survived */
async function tryInCopy(waiting: Mutant[]): Promise<Mutant[]> {
  const copy = copyTree();
  const survivors: Mutant[] = [];
  try {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const fate = await fateOf(copy, mutant);
      console.log(`${fate} ${mutant.file}: ${mutant.name}`);
      if (fate === 'SURVIVED') survivors.push(mutant);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  return survivors;
}

/** Prints which mutants were killed. @returns exit code: 1 when one survived */
export async function runMutants(filter: string | undefined): Promise<number> {
  const mutants = MUTANTS.filter(({ name, file }) => filter === undefined || `${file} ${name}`.includes(filter));
  if ((await exitCodeOf(ROOT, [])) !== 0) throw new Error('The suite fails without any mutant: run it first.');
  const waiting = [...mutants];
  const survivors = (await Promise.all(Array.from({ length: AT_ONCE }, () => tryInCopy(waiting)))).flat();
  console.log(`${String(mutants.length - survivors.length)} of ${String(mutants.length)} mutants killed`);
  return survivors.length === 0 ? 0 : 1;
}
