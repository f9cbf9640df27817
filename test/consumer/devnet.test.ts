/** The packed devnet, installed into an empty project, is started there by its command. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newProject, pack, type Packed } from '../support/packed.js';
import { Program, run } from '../support/processes.js';

let work: string;
let project: string;
let packed: Packed;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'tenor devnet '));
  project = join(work, 'an empty project');
  packed = await pack('devnet', work);
  await newProject(project, packed);
});

afterAll(() => rm(work, { recursive: true, force: true }));

describe('the packed devnet', () => {
  it('holds its command, what is built, and nothing else', () => {
    const built = /^dist\/.+\.(js|js\.map|d\.ts)$/;
    expect(packed.files.filter((file) => !built.test(file)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'bin/tenor-devnet.cjs',
      'package.json',
    ]);
  });

  it('starts in an empty project, and ends when it is told to', async () => {
    const devnet = new Program(join(project, 'node_modules/.bin/tenor-devnet'), [], { cwd: project });
    try {
      await devnet.shows(/Org2MSP[^]*private key/);
      devnet.signal('SIGTERM');
      expect(await devnet.ended).toMatchObject({ code: 0, stderr: '' });
    } finally {
      await devnet.kill();
    }
  });

  it('says what to do where it was not built', async () => {
    const installed = join(project, 'node_modules/tenor-devnet');
    await rm(join(installed, 'dist'), { recursive: true });
    const { code, stderr } = await run(join(installed, 'bin/tenor-devnet.cjs'), ['--help']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('run `npm run build`') });
  });
});
