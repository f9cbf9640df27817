/** The command line as people use it: exit codes, messages, JSON. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

const network = (...args: string[]): Promise<Result> => networkIn(process.cwd(), ...args);

const networkIn = (cwd: string, ...args: string[]): Promise<Result> =>
  new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { cwd }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });

describe('network', () => {
  it.each([
    [['frobnicate'], /unknown command/],
    [['up', '--topology', 'nine-org'], /Allowed choices are five-org, three-org, two-org/],
    [['env'], /missing required argument/],
    [['close-books', 'open'], /Allowed choices are prepare, sign, send/],
    [['close-books', 'prepare'], /Pass --peer, or set CORE_PEER_ADDRESS/],
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
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/state\.json cannot be read\. .*remove the file/),
    });
    rmSync(folder, { recursive: true });
  });

  it.each([['../../x'], ['3.1'], ['3.1.5/../x'], ['v3.1.5'], ['3.1.5-'], [' 3.1.5'], ['']])(
    'installs no release %j: code 2',
    async (release) => {
      const target = join(data, 'release');
      // A server that answers nothing: were it asked, the code would be 1.
      const { code, stderr } = await network(
        ...['fabric-install', '--release', release, '--target', target, '--url', 'http://127.0.0.1:9'],
      );
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`"${release}" is no release`) });
      expect(existsSync(target)).toBe(false);
    },
  );

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
      books: 'closed',
      booksByPeer: { issuer: { state: 'closed' }, bank: { state: 'closed' }, supplier: { state: 'closed' } },
    });
    const closing = await network('close-books', ...where);
    expect(JSON.parse(closing.stdout)).toEqual({ channel: 'tenor', books: 'closed', changed: false });

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

describe('a command that names no network', () => {
  let folder = '';
  const here = (...args: string[]): Promise<Result> => networkIn(folder, ...args);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenor cli '));
  });

  afterAll(async () => {
    for (const topology of ['three-org', 'five-org']) await here('down', '--topology', topology);
    rmSync(folder, { recursive: true });
  });

  it('says that there is none, where there is none', async () => {
    expect(await here('status')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^No network is running below/),
    });
    expect(await here('deploy')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/\.tenor\. Start one with `up`/),
    });
    expect(await here('env', 'bank')).toMatchObject({ code: 1, stderr: expect.stringMatching(/holds no network/) });
    expect(await here('down')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^No network was running below/),
    });
  });

  it('means the one that runs, and asks which when two run', async () => {
    expect(await here('up', '--topology', 'three-org')).toMatchObject({ code: 0 });
    const { code, stdout } = await here('status');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^three-org on devnet/) });
    // What `env` takes is what `status` calls it.
    const named = [...stdout.matchAll(/^organisation (\S+) +(\S+) +users (.+)$/gm)].map(([, ...each]) => each);
    const users = 'Admin, Admin2, Maker, Checker, User1';
    expect(named).toEqual([
      ['issuer', 'IssuerMSP', users],
      ['bank', 'BankMSP', users],
      ['supplier', 'SupplierMSP', users],
    ]);
    expect(await here('env', 'bank')).toMatchObject({ code: 0, stdout: expect.stringContaining('BankMSP') });
    expect(await here('logs')).toMatchObject({ code: 0, stdout: expect.stringContaining('/three-org/') });

    expect(await here('up')).toMatchObject({ code: 0, stdout: expect.stringContaining('five-org on devnet') });
    for (const args of [['status'], ['deploy'], ['env', 'bank'], ['logs'], ['down']]) {
      expect(await here(...args)).toEqual({
        ...{ code: 2, stdout: '' },
        stderr: 'five-org and three-org are running. Say which one is meant with --topology or --data.\n',
      });
    }

    expect(await here('down', '--topology', 'five-org')).toMatchObject({
      stdout: 'The network five-org is stopped.\n',
    });
    expect(await here('down')).toMatchObject({ code: 0, stdout: 'The network three-org is stopped.\n' });
  }, 120_000);

  it('asks which of two that are stopped is meant, where only its folder is needed', async () => {
    expect(await here('status')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^No network is running below/),
    });
    for (const args of [
      ['env', 'bank'],
      ['down', '--clean'],
    ]) {
      expect(await here(...args)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^five-org and three-org are there, and none is running\. Say which/),
      });
    }
    expect(await here('down', '--clean', '--topology', 'five-org')).toMatchObject({
      stdout: expect.stringMatching(/five-org is removed/),
    });
    expect(await here('env', 'bank')).toMatchObject({ code: 0, stdout: expect.stringContaining('/three-org/') });
    expect(await here('down', '--clean')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/three-org is removed/),
    });
    expect(readdirSync(join(folder, '.tenor'))).toEqual([]);
  }, 60_000);
});

describe('network up, on a data folder that cannot be one,', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenor-cli-'));
    writeFileSync(join(folder, 'file'), 'kept');
    mkdirSync(join(folder, 'locked'));
    chmodSync(join(folder, 'locked'), 0o555);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A folder that is there and takes nothing: permissions do not stop root, the kernel's own folders do. */
  const locked = (): string => (process.getuid?.() === 0 ? '/sys' : join(folder, 'locked'));
  const CASES: readonly (readonly [what: string, path: () => string, why: RegExp])[] = [
    ['a file', () => join(folder, 'file'), /file is a file/],
    ['something below a file', () => join(folder, 'file', 'net'), /(ENOTDIR|is a file)/],
    ['a device', () => '/dev/null', /\/dev\/null is a file/],
    ['a folder without write permission', locked, /(EACCES|EPERM|EROFS)/],
    ['something in such a folder', () => join(locked(), 'net'), /(EACCES|EPERM|EROFS)/],
    ['a name that is too long', () => join(folder, 'n'.repeat(300)), /ENAMETOOLONG/],
    // Where there is no /proc it cannot be made either; where there is one, Node's recursive mkdir never returns.
    ['/proc', () => '/proc', /(ENOENT|EACCES|EROFS)/],
    ['something in /proc', () => '/proc/net-of-tenor/data', /(ENOENT|EACCES|EROFS)/],
  ];

  it.each(CASES)(
    '%s, says what to do and ends with code 2',
    async (_what, path, why) => {
      const before = readdirSync(folder);
      const { code, stdout, stderr } = await network('up', '--topology', 'three-org', '--data', path());
      expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(why) });
      expect(stderr).toContain(path());
      expect(stderr).toMatch(/(With --data, name a folder .*|Name another folder with --data)\.\n$/);
      expect(readdirSync(folder)).toEqual(before); // no log, so no process in the background either
      expect(await network('status', '--data', path())).toMatchObject({ code: path().length > 300 ? 2 : 0 });
    },
    20_000,
  );

  it('makes a folder inside folders that are not there yet', async () => {
    const deep = join(folder, 'a', 'b');
    const { code } = await network('up', '--topology', 'three-org', '--data', deep);
    expect(await network('down', '--data', deep)).toMatchObject({ code: 0 });
    expect(code).toBe(0);
    expect(readdirSync(deep)).toContain('network.json');
  }, 60_000);
});
