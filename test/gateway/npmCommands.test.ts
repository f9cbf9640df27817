/** The commands as npm runs them, when the signal comes to npm alone: it reaches everything below, and nothing is left. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LEFT_TO_DO } from '../behaviour/demo.js';
import { INPUT_DEALS } from '../support/dealFolder.js';
import { descendantsOf, Program, run, survivors, type Descendant, type Ended } from '../support/processes.js';

const ROOT = resolve(__dirname, '../..');
const MINUTES = 60_000;

let work: string;
let npm: Program | undefined;
let below: Descendant[] = [];

beforeAll(async () => {
  // A command that found another state of packages would install them anew, under the feet of the tests that run.
  const marker = join(ROOT, 'node_modules/.tenor-installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== `${lock} all`) {
    throw new Error('The packages are not those of package-lock.json. Run `npm run build` first.');
  }
  work = await mkdtemp(join(tmpdir(), 'tenor npm '));
});

afterEach(async () => {
  await npm?.kill();
  // What outlives npm is below nobody any more: it is ended by its id.
  for (const { pid } of await survivors(below, 0)) process.kill(pid, 'SIGKILL');
});
afterAll(() => rm(work, { recursive: true, force: true }));

/** Runs an npm command until it shows that it is in the middle, and notes all processes below it. */
async function until(pattern: RegExp, ...args: string[]): Promise<Program> {
  npm = new Program('npm', args, { cwd: ROOT, env: { ...process.env, TMPDIR: work, JEST_WORKER_ID: undefined } });
  await npm.shows(pattern);
  below = descendantsOf(npm.pid);
  return npm;
}

const left = async (): Promise<string[]> => (await readdir(work)).filter((name) => name.startsWith('tenor-demo-'));

/** Waits for a process below npm whose command line fits, and notes all that are there then. @throws Error when npm ends before */
async function untilBelow(program: Program, pattern: RegExp): Promise<void> {
  do {
    await sleep(100);
    if (program.hasEnded)
      throw new Error(`npm ended without a process that fits ${String(pattern)}:\n${program.stdout}`);
    below = descendantsOf(program.pid);
  } while (!below.some(({ command }) => pattern.test(command)));
}

/** Runs a command as npm does. */
const command = (...args: string[]): Promise<Ended> =>
  run(process.execPath, [join(ROOT, 'scripts/run.mjs'), ...args], { cwd: ROOT });

describe('every command', () => {
  it('says how it is called, and starts nothing for that', async () => {
    const { stderr } = await command('--help');
    const names = [...stderr.matchAll(/^ {2}(\S+)$/gm)].map(([, name = '']) => name);
    expect(names).toEqual(
      expect.arrayContaining(['demo', 'network', 'devnet', 'test', 'conformance', 'bench:caliper']),
    );
    for (const name of names)
      for (const help of name === 'demo' ? ['--help', '-h'] : ['--help']) {
        const { code, stdout } = await command(name, help);
        expect({ name, code, stdout }).toEqual({ name, code: 0, stdout: expect.stringMatching(/npm |Usage: /) });
        expect(stdout).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
      }
  });

  it.each([
    [[], /^Say which command\.\n/],
    [['nope'], /^There is no command nope\.\n/],
    [['build', 'x'], /^npm run build takes no arguments\.\n/],
    [['conformance', '--nope'], /^Unknown option '--nope'/],
  ])('that is called wrongly, %j, says so without a stack', async (args, message) => {
    const { code, stderr } = await command(...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
    expect(stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  });
});

describe('npm run demo', () => {
  it('that is interrupted at npm alone stops everything, says so in its last line, and exits with 130', async () => {
    const program = await until(/ok {2}open line USD/, 'run', 'demo');
    expect(below.length).toBeGreaterThan(6);
    program.signal('SIGINT');
    const { code, stdout } = await program.ended;
    expect(code).toBe(130);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'Interrupted by Ctrl-C (SIGINT): the deal was not finished. The network is stopped and removed.',
    );
    expect(await survivors(below)).toEqual([]);
    expect(await left()).toEqual([]);
  });

  it('that stays up keeps nothing for an npm that is killed outright', async () => {
    // A small deal: it stays up as a large one does.
    const deal = join(INPUT_DEALS, 'transfer-whole');
    const program = await until(LEFT_TO_DO, 'run', 'demo', '--', '--keep', '--deal', deal);
    program.signal('SIGKILL');
    await program.ended;
    expect(await survivors(below, 15_000)).toEqual([]);
    expect(await left()).toEqual([]);
  });
});

describe('npm run network', () => {
  it('that is interrupted at npm alone while the network starts leaves nothing behind', async () => {
    const program = await until(/identities/, 'run', 'network', '--', 'up', '--data', join(work, 'network'));
    program.signal('SIGINT');
    expect((await program.ended).code).toBe(130);
    expect(await survivors(below)).toEqual([]);
  });
});

describe('npm test', () => {
  it(
    'that is interrupted at npm alone stops its workers and the networks of its tests, and says that it was',
    async () => {
      const program = await until(/run\.mjs/, 'test', '--', 'test/gateway/fiveOrganizations.test.ts');
      await untilBelow(program, /drivers\/devnet\/process/);
      program.signal('SIGINT');
      const { code, stderr } = await program.ended;
      expect({ code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
        code: 130,
        last: expect.stringMatching(/^Interrupted by SIGINT: not all tests have run/),
      });
      expect(await survivors(below)).toEqual([]);
    },
    5 * MINUTES,
  );
});
