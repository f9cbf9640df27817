// `npx tenor-devnet` with arguments that mean nothing: what is wrong, exit code 2, and no network.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const CLI = join(__dirname, '../dist/cli.js');

describe('the command line', () => {
  let cwd: string;

  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'tenor-devnet-'));
  });

  afterEach(async () => {
    await rm(cwd, { recursive: true, force: true });
  });

  const devnet = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [CLI, ...args], { cwd }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });

  it.each([
    ['an option that there is none of', ['--colour', 'red'], "Unknown option '--colour'"],
    ['an argument without an option', ['up'], "Unexpected argument 'up'"],
    ['an option without its value', ['--directory'], "'--directory <value>' argument missing"],
    ['a layout that there is none of', ['--layout', 'round'], 'there is no layout round'],
    ['a chaincode without a command', ['--chaincode', 'basic'], '--chaincode basic: give a name'],
    ['a chaincode without an address', ['--chaincode-address', 'basic='], '--chaincode-address basic=: give a name'],
  ])('with %s ends with code 2 and says what is wrong', async (_what, args, message) => {
    const { code, stdout, stderr } = await devnet(...args);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(stderr).toMatch(/^tenor-devnet: /);
    expect(await readdir(cwd)).toEqual([]); // nothing was made
  });

  it('says its usage, and with what codes it ends', async () => {
    const { code, stdout } = await devnet('--help');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('2 wrong usage') });
  });

  it('whose network cannot be made ends with code 1: the usage was right', async () => {
    const file = join(cwd, 'taken');
    await writeFile(file, '');
    const { code, stderr } = await devnet('--directory', file);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^tenor-devnet: .*taken/) });
  });
});
