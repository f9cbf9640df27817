/** The packed client, installed into an empty project in a path with a space, is used by Node against a network and by the compiler. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { devnetDriver, TOPOLOGIES, type RunningNetwork } from '@tenor/network';
import { TENOR } from '../support/engines.js';
import {
  manifestOf,
  newProject,
  pack,
  compilerAt,
  type Compiler,
  type Manifest,
  type Packed,
} from '../support/packed.js';
import { must, run } from '../support/processes.js';

const MINUTES = 60_000;
const TOPOLOGY = TOPOLOGIES['three-org'];

/** Types that the declarations of Fabric's packages and of this one need, and that Fabric's packages leave to their users. */
const TYPES = ['@types/google-protobuf', '@types/node'];

/** Every way in which a project of today finds the declarations of a package, and both compilers in use. */
const RESOLUTIONS: readonly { version: string; compiler: Compiler; module: string; moduleResolution: string }[] = [
  { version: '7', compiler: 'typescript', module: 'node16', moduleResolution: 'node16' },
  { version: '7', compiler: 'typescript', module: 'nodenext', moduleResolution: 'nodenext' },
  { version: '7', compiler: 'typescript', module: 'esnext', moduleResolution: 'bundler' },
  { version: '5.9', compiler: 'typescript-api', module: 'node16', moduleResolution: 'node16' },
];

let work: string;
let project: string;
let installed: string;
let packed: Packed;
let manifest: Manifest;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'tenor consumer '));
  project = join(work, 'an empty project');
  installed = join(project, 'node_modules/@tenor/client');
  packed = await pack('client', work);
  await newProject(project, packed, resolve(__dirname, 'project'));
  manifest = await manifestOf(installed);
});

afterAll(() => rm(work, { recursive: true, force: true }));

const textOf = (file: string): Promise<string> => readFile(join(installed, file), 'utf8');

/** Every module that a file of the package names, as written. */
async function importsOf(file: string): Promise<string[]> {
  const text = await textOf(file);
  return [...text.matchAll(/(?:require\(|from |import\()["']([^"']+)["']/g)].map(([, name = '']) => name);
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

describe('the package', () => {
  it('has the entries that it names', () => {
    expect(packed.files).toEqual(expect.arrayContaining([manifest.main, manifest.types, 'package.json', 'README.md']));
  });

  it('holds the client and the protocol, built, and nothing else', () => {
    const foreign = /^dist\/(client\/src|chaincode\/src\/protocol)\/.+\.(js|js\.map|d\.ts)$/;
    expect(packed.files.filter((file) => !foreign.test(file)).sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  });

  it('lacks no file that one of its own names', async () => {
    const missing: string[] = [];
    for (const file of packed.files.filter((each) => /\.(js|d\.ts)$/.test(each))) {
      for (const name of (await importsOf(file)).filter((each) => each.startsWith('.'))) {
        const target = posix.join(posix.dirname(file), name);
        const found = file.endsWith('.d.ts') ? target.replace(/\.js$/, '.d.ts') : target;
        if (!packed.files.includes(found)) missing.push(`${file}: ${name}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('depends on exactly the packages that it uses', async () => {
    const used = new Set<string>();
    for (const file of packed.files.filter((each) => /\.(js|d\.ts)$/.test(each))) {
      for (const name of await importsOf(file)) if (!/^(\.|node:)/.test(name)) used.add(packageOf(name));
    }
    expect([...used, ...TYPES].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('names no path of the machine it was built on, and its maps bring their sources', async () => {
    const home = resolve(__dirname, '../..');
    for (const file of packed.files) expect(await textOf(file)).not.toContain(home);
    for (const file of packed.files.filter((each) => each.endsWith('.map'))) {
      const { sources, sourcesContent } = JSON.parse(await textOf(file)) as {
        sources: string[];
        sourcesContent?: string[];
      };
      expect(sourcesContent).toHaveLength(sources.length);
    }
  });

  it('brings one copy of each of its own dependencies and no development tool', async () => {
    const modules = await readdir(join(project, 'node_modules'));
    expect(modules).not.toContain('typescript');
    expect(modules).not.toContain('fabric-shim');
    expect(await readdir(installed)).not.toContain('node_modules');
  });
});

describe('in an empty project', () => {
  it.each(RESOLUTIONS)(
    'is strict to TypeScript $version, which skips no declaration, with module $module and resolution $moduleResolution',
    async ({ compiler, module, moduleResolution }) => {
      const options = ['--module', module, '--moduleResolution', moduleResolution];
      const { code, stdout } = await run(process.execPath, [compilerAt(compiler), '-p', project, ...options]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    },
    5 * MINUTES,
  );

  it('is found by an ES module, name by name', async () => {
    const printed = await must(process.execPath, ['main.mjs'], { cwd: project });
    expect(JSON.parse(printed)).toEqual(['function', 'function', 'function', 10_000]);
  });

  describe('with a network', () => {
    let network: RunningNetwork;
    beforeAll(async () => {
      network = await devnetDriver.up(TOPOLOGY, { dataPath: join(work, 'the network') });
      await network.deploy(TENOR);
    });
    afterAll(() => network.down());

    it('founds a registry, hears of it, and is refused what is not there', async () => {
      const paths = TOPOLOGY.organizations.map(({ name }) => [name, network.connectionFor(name, 'Admin')] as const);
      const printed = await must(process.execPath, ['main.cjs', JSON.stringify(Object.fromEntries(paths))], {
        cwd: project,
      });
      const adopted = Array.from({ length: 3 }, () => 'tenor.registry.adopt.v1');
      expect(JSON.parse(printed)).toEqual({
        who: { mspId: 'IssuerMSP', identity: expect.stringMatching(/^[0-9a-f]{64}$/), admin: true },
        ...{ founded: false, again: true, founders: ['BankMSP', 'IssuerMSP', 'SupplierMSP'] },
        heard: [...adopted, 'tenor.registry.bootstrap.v1'],
        ...{ code: 'NOT_FOUND', isTenorError: true },
      });
    });
  });
});
