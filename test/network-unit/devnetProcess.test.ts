/** The devnet process ends with whoever started it, whenever that goes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { devnetDriver, TOPOLOGIES } from '@tenor/network';

const PROGRAM = resolve(__dirname, '../../network/dist/drivers/devnet/process.js');

let dataPath: string;

/** A data folder that a network has left. */
beforeAll(async () => {
  dataPath = await mkdtemp(join(tmpdir(), 'tenor-devnet-'));
  const network = await devnetDriver.up(TOPOLOGIES['three-org'], { dataPath });
  await network.down();
});

afterAll(() => rm(dataPath, { recursive: true }));

describe('the devnet process', () => {
  it.each([
    ['at once', 0],
    ['while it starts', 400],
  ])('ends when its parent goes %s', async (_when, afterMs) => {
    const child = spawn(process.execPath, [PROGRAM, dataPath], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const ended = once(child, 'exit');
    await sleep(afterMs);
    child.disconnect();
    const late = sleep(20_000, 'still runs', { ref: false }); // or Jest would wait for it
    const code = await Promise.race([ended.then(([status]: unknown[]) => status), late]);
    child.kill('SIGKILL');
    expect(code).toBe(0);
  });
});
