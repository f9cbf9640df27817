/** The demo on real Fabric, with the network's data in a path with spaces: the same document as on devnet, and nothing left behind. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO, expectWholeDeal } from '../behaviour/demo.js';
import { descendantsOf, Program, survivors } from '../support/processes.js';

let work: string;
let demo: Program;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'tenor demo '));
});

afterEach(() => demo.kill());
afterAll(() => rm(work, { recursive: true, force: true }));

const start = (...args: string[]): Program =>
  new Program(process.execPath, [DEMO, '--network', 'fabric', ...args], { env: { ...process.env, TMPDIR: work } });

const left = async (): Promise<string[]> => (await readdir(work)).filter((name) => name.startsWith('tenor-demo-'));

describe('the demo on real Fabric', () => {
  it('tells the whole deal in one document and leaves nothing behind', async () => {
    demo = start('--json');
    const { code, stdout, stderr } = await demo.ended;
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expectWholeDeal(stdout, 'fabric');
    expect(await left()).toEqual([]);
  });

  it('leaves no process behind after Ctrl-C in the middle', async () => {
    demo = start();
    await demo.shows(/ok {2}open line USD/);
    const below = descendantsOf(demo.pid);
    expect(below.filter(({ command }) => /peer node start|orderer|dist\/main\.js server/.test(command))).toHaveLength(
      15,
    );
    demo.signal('SIGINT');
    expect(await demo.ended).toMatchObject({ code: 130 });
    expect(await survivors(below)).toEqual([]);
    expect(await left()).toEqual([]);
  });

  it('names a peer that died in the middle', async () => {
    demo = start();
    await demo.shows(/ok {2}open line USD/);
    const below = descendantsOf(demo.pid);
    const [peer] = below.filter(({ command }) => command.includes('peer node start'));
    process.kill(peer?.pid ?? 0, 'SIGKILL');
    const { code, stderr } = await demo.ended;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/Process peer-\w+ is not running\. The end of its log:/),
    });
    expect(stderr).toMatch(/^The step ".+" of \w+ \([\w-]+\) \w+ failed: /);
    expect(await survivors(below)).toEqual([]);
  });

  it('names an orderer that died in the middle, and does not wait for what cannot come', async () => {
    demo = start();
    await demo.shows(/ok {2}open line USD/);
    const below = descendantsOf(demo.pid);
    const orderer = below.find(({ command }) => command.endsWith('orderer'));
    process.kill(orderer?.pid ?? 0, 'SIGKILL');
    const died = performance.now();
    const { code, stderr } = await demo.ended;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/Process orderer is not running\. The end of its log:/),
    });
    expect(performance.now() - died).toBeLessThan(15_000);
    expect(await survivors(below)).toEqual([]);
  });
});
