/** An example program, run as a person runs it, in a folder where everything is seen that it leaves behind. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { descendantsOf, Program, type Descendant, type Ended } from './processes.js';

/** The program of an npm script. */
export class Example {
  readonly name: string;
  #work = '';
  #last: Program | undefined;

  constructor(name: string) {
    this.name = name;
  }

  async prepare(): Promise<void> {
    this.#work = await mkdtemp(join(tmpdir(), `tenor ${this.name} `));
  }

  run(...args: string[]): Promise<Ended> {
    return this.#start(this.#work, args).ended;
  }

  /** Runs it where its files would go into another folder. */
  runIn(folder: string): Promise<Ended> {
    return this.#start(folder, []).ended;
  }

  /** Starts it, waits until it shows something, and answers it with all processes below it. */
  async until(pattern: RegExp): Promise<{ readonly program: Program; readonly below: readonly Descendant[] }> {
    const program = this.#start(this.#work, []);
    await program.shows(pattern);
    return { program, below: descendantsOf(program.pid) };
  }

  /** What it has left behind. */
  left(): Promise<string[]> {
    return readdir(this.#work);
  }

  /** Runs it to its good end. @returns what it printed */
  async plays(): Promise<string> {
    const { code, stdout, stderr } = await this.run();
    expect({ code, stderr, stdout: code === 0 ? '' : stdout }).toEqual({ code: 0, stderr: '', stdout: '' });
    expect(await this.left()).toEqual([]);
    return stdout;
  }

  #start(folder: string, args: readonly string[]): Program {
    const program = resolve(__dirname, `../../examples/dist/${this.name}/run.js`);
    this.#last = new Program(process.execPath, [program, ...args], { env: { ...process.env, TMPDIR: folder } });
    return this.#last;
  }

  /** Ends what a failed test has left running, and removes all files. */
  async clear(): Promise<void> {
    await this.#last?.kill();
    await rm(this.#work, { recursive: true, force: true });
  }
}

/** What a program prints under a title, each line without the blanks around it. */
export const under = (stdout: string, title: string): readonly string[] =>
  (stdout.trimEnd().split(`${title}\n`)[1]?.split('\n\n')[0] ?? '').split('\n').map((line) => line.trim());

/** What was refused on the way: the attempt, and the code. */
export const refusalsIn = (stdout: string): readonly string[] =>
  [...stdout.matchAll(/^no {2}(.+?) {2,}.+ refused: (\w+)$/gm)].map(([, what = '', code = '']) => `${what}: ${code}`);

/** Every program says how it is called. */
export function saysHowItIsCalled(example: Example): void {
  it('says how it is called, and refuses what it does not know', async () => {
    const usage = `npm run ${example.name} --`;
    expect(await example.run('--help')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(usage) });
    for (const [args, problem] of [
      [['--frobnicate'], 'frobnicate'],
      [['devnet'], "Unexpected argument 'devnet'"],
      [['--network', 'mainnet'], '--network takes devnet or fabric, not mainnet.'],
    ] as const) {
      const { code, stdout, stderr } = await example.run(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toContain(problem);
      expect(stderr).toContain(usage);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });
}
