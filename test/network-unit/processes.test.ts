/** Child processes: started, watched, stopped, and never left behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProcessPlan } from '../../network/src/plan.js';
import { baseEnvironment } from '../../network/src/processes/environment.js';
import { freePort } from '../../network/src/processes/ports.js';
import { startTimeOf } from '../../network/src/processes/startTime.js';
import { Supervisor } from '../../network/src/processes/supervisor.js';
import { pause } from '../../network/src/processes/wait.js';

const SERVER = `
  const server = require('net').createServer().listen(Number(process.argv[1]), '127.0.0.1');
  process.on('SIGTERM', () => process.argv[2] === 'stubborn' || process.exit(0));
`;

let folder = '';
let supervisor = new Supervisor();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenor-processes-'));
});

afterEach(async () => {
  await supervisor.stopAll();
  supervisor = new Supervisor();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function server(name: string, program = SERVER, ...args: string[]): Promise<ProcessPlan> {
  const port = await freePort();
  return {
    name,
    command: process.execPath,
    args: ['-e', program, String(port), ...args],
    cwd: folder,
    env: baseEnvironment(),
    logPath: join(folder, `${name}.log`),
    address: `127.0.0.1:${String(port)}`,
    ready: [{ kind: 'tcp', host: '127.0.0.1', port }],
  };
}

describe('Supervisor', () => {
  it('shows the error of a command, not the usage that follows it', async () => {
    const program =
      "console.error('Error: no orderer\\nUsage:\\n  peer x\\nFlags:' + '\\n  --flag'.repeat(40)); process.exit(1)";
    const plan = {
      name: 'approve',
      command: process.execPath,
      args: ['-e', program],
      cwd: folder,
      env: baseEnvironment(),
    };
    await expect(supervisor.must(plan)).rejects.toThrow(/^approve failed with exit code 1:\nError: no orderer$/);
  });

  it('starts a process, says so, and stops it', async () => {
    const plan = await server('fine');
    const { pid } = await supervisor.start(plan);
    expect(supervisor.status()).toEqual([
      { name: 'fine', running: true, pid, logPath: plan.logPath, address: plan.address },
    ]);
    await supervisor.stopAll();
    expect(supervisor.status()).toEqual([
      { name: 'fine', running: false, logPath: plan.logPath, address: plan.address },
    ]);
    expect(startTimeOf(pid ?? 0)).toBeUndefined();
  });

  it('names a process that ends at once and shows the end of its log', async () => {
    const plan = await server('broken', 'console.error("no such colour"); process.exit(3)');
    await expect(supervisor.start(plan)).rejects.toMatchObject({
      process: 'broken',
      logTail: 'no such colour',
      message: expect.stringContaining('Process broken ended with exit code 3.'),
    });
  });

  it('names a command that does not exist', async () => {
    const plan = { ...(await server('absent')), command: join(folder, 'nothing') };
    await expect(supervisor.start(plan)).rejects.toThrow(/Process absent could not be started: .*ENOENT/);
  });

  it('does not take a stranger on its port for the process', async () => {
    const plan = await server('late');
    const [probe] = plan.ready;
    if (probe?.kind !== 'tcp') throw new Error('expected a port');
    const stranger = createServer().listen(probe.port, '127.0.0.1');
    await once(stranger, 'listening');
    await expect(supervisor.start(plan)).rejects.toThrow(`another program listens on ${plan.address}`);
    stranger.close();
  });

  it('ends a process that does not want to', async () => {
    const started = await supervisor.start(await server('stubborn', SERVER, 'stubborn'));
    await supervisor.stopAll();
    await expect(started.ended).resolves.toBe('was ended by SIGKILL');
  }, 15_000);
});

// Starts a server under supervision, writes its number to a file, and stays.
const PARENT = `
  const { Supervisor } = require(process.argv[1]);
  new Supervisor().start(JSON.parse(process.argv[2])).then(({ pid }) => {
    require('fs').writeFileSync(process.argv[3], String(pid));
    setInterval(() => undefined, 1000);
  });
`;

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition() && waited < 8000; waited += 50) await pause(50);
}

describe('Guardian', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'leaves no process when its owner ends by %s',
    async (signal) => {
      const plan = await server(`orphan-${signal}`);
      const pidFile = join(folder, `${signal}.pid`);
      const program = join(__dirname, '../../network/dist/processes/supervisor.js');
      const parent = spawn(process.execPath, ['-e', PARENT, program, JSON.stringify(plan), pidFile], {
        stdio: 'inherit',
      });
      // The file is there a moment before its content is.
      await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
      const child = Number(readFileSync(pidFile, 'utf8'));
      expect(startTimeOf(child)).toBeDefined();
      parent.kill(signal);
      await once(parent, 'exit');
      await until(() => startTimeOf(child) === undefined);
      expect(startTimeOf(child)).toBeUndefined();
    },
    20_000,
  );
});
