/** The command line as people use it: exit codes, messages, JSON. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const CLI = join(__dirname, '../../network/dist/cli.js');

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let data = '';

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'tenor-cli-'));
});

afterAll(async () => {
  await network('down', '--data', data);
  rmSync(data, { recursive: true, force: true });
});

const network = (...args: string[]): Promise<Result> =>
  new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });

describe('network', () => {
  it.each([
    [['frobnicate'], /unknown command/],
    [['up', '--topology', 'nine-org'], /Allowed choices are five-org, three-org, two-org/],
    [['env'], /missing required argument/],
  ])('answers %j with code 2', async (args, message) => {
    const { code, stderr } = await network(...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });

  it('says that no network is running', async () => {
    expect(await network('status', '--data', data)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No network'),
    });
    expect(await network('deploy', '--data', data)).toMatchObject({ code: 1, stderr: expect.stringContaining('`up`') });
  });

  it('says what to do about a state that cannot be read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenor-cli-'));
    writeFileSync(join(folder, 'state.json'), '{"pid":');
    const { code, stderr } = await network('status', '--data', folder);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/state\.json, .*remove the file/) });
    rmSync(folder, { recursive: true });
  });

  it('prints an error as JSON when asked', async () => {
    const { code, stdout, stderr } = await network('logs', '--data', data, '--json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NETWORK', message: expect.stringContaining(data) } });
  });

  it('brings a network up, describes it, and takes it down', async () => {
    const where = ['--topology', 'three-org', '--data', data, '--json'];
    const up = await network('up', ...where);
    expect(up).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(up.stdout)).toMatchObject({
      running: true,
      engine: 'devnet',
      topology: 'three-org',
      channel: 'tenor',
    });

    const env = await network('env', 'bank', '--user', 'Maker', ...where);
    expect(JSON.parse(env.stdout)).toMatchObject({
      CHANNEL_NAME: 'tenor',
      MSP_ID: 'BankMSP',
      PEER_HOST_ALIAS: 'peer0.bank.tenor.example',
      KEY_DIRECTORY_PATH: expect.stringContaining('/users/Maker@bank.tenor.example/msp/keystore'),
    });
    expect(await network('env', 'nobody', ...where)).toMatchObject({ code: 1 });
    expect(await network('deploy', '--name', '../tenor', ...where)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is no chaincode name'),
    });

    const down = await network('down', ...where, '--clean');
    expect(JSON.parse(down.stdout)).toMatchObject({ stopped: true, cleaned: true });
    expect(JSON.parse((await network('status', ...where)).stdout)).toMatchObject({ running: false });
  }, 60_000);
});
