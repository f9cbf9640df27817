/** The README's block of the `peer` command on real Fabric, as it stands: pasted into a shell, it must do what it says. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { run } from '../support/processes.js';

const ROOT = resolve(__dirname, '../..');
const MINUTES = 60_000;

/** What npm does with `run [--silent] network -- ...`, but in the folder where we are, so that no network of the checkout is touched. */
const NPM = `
npm() {
  while [ "$1" != -- ]; do shift; done
  shift
  case $1 in
    seed) shift; node "$ROOT/examples/dist/ansteel-rio-tinto/seed.js" "$@" ;;
    *) node "$ROOT/network/dist/cli.js" "$@" ;;
  esac
}
set -e
`;

let work: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'tenor readme '));
});

afterAll(async () => {
  await run(process.execPath, [join(ROOT, 'network/dist/cli.js'), 'down'], { cwd: work });
  await rm(work, { recursive: true, force: true });
});

it(
  'splits the slice that was seeded, and lists what came of it',
  async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const [, block = ''] = /## The `peer` command[^]*?```sh\n([^]*?)```/.exec(readme) ?? [];
    expect(block).toContain('peer chaincode invoke');
    const { code, stdout, stderr } = await run('bash', ['-c', NPM + block], {
      cwd: work,
      env: { ...process.env, ROOT },
    });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const listed = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('["'));
    // As the block's own comment says, and nothing besides.
    const said = [...block.matchAll(/^# (\["[A-Z]+".*\])$/gm)].map(([, line]) => line);
    expect(listed.sort()).toEqual(said.sort());
    expect(said).toEqual(['["FREE","1000000",true]', '["FREE","4000000",true]', '["SPENT","5000000",true]']);
  },
  5 * MINUTES,
);
