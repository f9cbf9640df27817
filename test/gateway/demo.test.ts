/** The demo on devnet as a person meets it: its document, its refusals of bad input, and what it leaves behind when it is stopped or hurt. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, fromPaths, type ConnectionPaths } from '@tenor/client';
import { DEMO, expectWholeDeal, LEFT_TO_DO } from '../behaviour/demo.js';
import type { Outcome } from '../../examples/ansteel-rio-tinto/demo/print.js';
import { copyCheckout } from '../support/checkout.js';
import { INPUT_DEALS } from '../support/dealFolder.js';
import { descendantsOf, Program, run, survivors, type Descendant } from '../support/processes.js';

const DEAL = resolve(__dirname, '../../examples/ansteel-rio-tinto');

/** What the picture must say: the promises, what was passed on, and the payments, each once. */
const DRAWN = [
  ...['>issuer (ansteel)<', '>bank (icbc)<', '>supplier (rio-tinto)<', '>contractor (pilbara-mining)<'],
  ...['>promises USD 34,000,000.00 on 2027-03-23<', '>promises CNY 39,000,000.00 on 2027-03-23<'],
  ...[
    '>passes on USD 4,000,000.00<',
    '>pays USD 30,000,000.00<',
    '>pays USD 4,000,000.00<',
    '>pays CNY 39,000,000.00<',
  ],
  '>slice PAID, UETR f6fadfa7…<',
];

let work: string;
let demo: Program | undefined;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'tenor demo '));
});

afterEach(() => demo?.kill());
afterAll(() => rm(work, { recursive: true, force: true }));

/** The data folder of the network goes into `work` too, so that it is seen when it is left behind. */
const start = (program: string, ...args: string[]): Program =>
  new Program(process.execPath, [program, ...args], { env: { ...process.env, TMPDIR: work }, cwd: work });

/** What connections.json says of one user. */
type Connections = Readonly<
  Record<
    'organizations',
    Readonly<Record<string, { parties: readonly { id: string }[]; users: Readonly<Record<string, ConnectionPaths>> }>>
  >
>;

/** Every organisation's Maker and Checker of the file can connect and are who they are said to be. */
async function expectConnections(path: string): Promise<void> {
  const { organizations } = JSON.parse(await readFile(path, 'utf8')) as Connections;
  expect(Object.keys(organizations)).toEqual([
    ...['issuer', 'bank', 'supplier', 'contractor', 'operator', 'second-bank', 'third-bank'],
  ]);
  for (const { parties, users } of Object.values(organizations)) {
    expect(Object.keys(users)).toEqual(['Maker', 'Checker']);
    for (const paths of Object.values(users)) {
      const client = connect({ connection: fromPaths(paths) });
      expect(await client.registry.whoami()).toMatchObject({ mspId: paths.mspId, admin: false });
      expect(await client.registry.get('party', parties[0]?.id ?? '')).toMatchObject({ mspId: paths.mspId });
      client.close();
    }
  }
}

const left = async (): Promise<string[]> => (await readdir(work)).filter((name) => name.startsWith('tenor-demo-'));

/** A line of the demo without what differs from run to run: transactions, blocks, times, and how wide a column is. */
const withoutMeasures = (line: string): string =>
  line
    .replace(/ [0-9a-f]{12} {2}block \d+/, ' TRANSACTION')
    .replace(/ \d+ ms$/, '')
    .replace(/[\d.]+ s\b/, 'SECONDS')
    .replace(/\d+ blocks/, 'BLOCKS')
    .replaceAll(/ +/g, ' ')
    .trim();

/** What the README shows of a run, but for the lines that it leaves out. */
async function linesOfReadme(): Promise<string[]> {
  const readme = await readFile(resolve(__dirname, '../../README.md'), 'utf8');
  const [, block = ''] = /^\$ npm run demo\n(Who is who\n[^]+?)^```/m.exec(readme) ?? [];
  return block
    .split('\n')
    .filter((line) => line !== '' && line !== '...')
    .map(withoutMeasures);
}

describe('the demo', () => {
  it('tells the whole deal in one document, draws it, and leaves nothing else behind', async () => {
    const picture = join(work, 'pictures of deals', 'deal.svg');
    demo = start(DEMO, '--json', '--picture', picture);
    const { code, stdout } = await demo.ended;
    expect(code).toBe(0);
    expectWholeDeal(stdout, 'devnet');
    expect(JSON.parse(stdout)).toMatchObject({ picture });
    const drawn = await readFile(picture, 'utf8');
    for (const said of DRAWN) expect(drawn).toContain(said);
    expect(await left()).toEqual([]);
  });

  it('says what happened before it draws, in the words of the README, and that it could not draw', async () => {
    const gone = join(work, 'gone');
    demo = start(DEMO, '--picture', join(gone, 'deal.svg'));
    await demo.shows(/ok {2}open line USD/);
    await rm(gone, { recursive: true });
    const { code, stdout, stderr } = await demo.ended;
    const printed = stdout.split('\n').map(withoutMeasures);
    const shown = (await linesOfReadme()).filter((line) => !line.startsWith('The deal as a picture: '));
    expect(shown.length).toBeGreaterThan(30);
    let from = 0;
    const missing = shown.filter((line) => {
      const at = printed.indexOf(line, from);
      from = at + 1;
      return at < 0;
    });
    expect({ missing, code }).toEqual({ missing: [], code: 1 });
    expect(stderr).toMatch(
      /^The deal was played, but its picture was not written: .+\. Name another file with --picture\.\n$/,
    );
    expect(await left()).toEqual([]);
  });

  it('plays a deal of seven organisations on a network of seven peers', async () => {
    demo = start(DEMO, '--json', '--deal', join(INPUT_DEALS, 'many-parties'), '--picture', join(work, 'many.svg'));
    const { code, stdout } = await demo.ended;
    expect(code).toBe(0);
    const { ok, cast, conservation } = JSON.parse(stdout) as Outcome;
    expect({ ok, peers: new Set(cast.map(({ mspId }) => mspId)).size }).toEqual({ ok: true, peers: 7 });
    expect(conservation.map(({ certificate, holds }) => [certificate, holds])).toEqual([
      ['certificate-a', true],
      ['certificate-b', true],
      ['certificate-c', true],
    ]);
    const drawn = await readFile(join(work, 'many.svg'), 'utf8');
    expect(drawn).toContain('>2 slices PAID, UETR ');
    expect(await left()).toEqual([]);
  });

  it('runs once more, from a path with spaces, stays up when asked to, and can be connected to', async () => {
    const checkout = join(work, 'a checkout');
    await copyCheckout(checkout);
    demo = start(join(checkout, 'examples/dist/ansteel-rio-tinto/run.js'), '--keep');
    await demo.shows(LEFT_TO_DO);
    const below = descendantsOf(demo.pid);
    const printed = demo.stdout;
    expect(printed).toContain('13 of 13 forbidden attempts refused as expected: all is well');
    expect(printed).toMatch(/certificate-usd +USD 34000000\.00 \+ 0\.00 = 34000000\.00 {2}holds/);
    expect(printed).toMatch(/^ {4}supplier \(rio-tinto\) +Rio Tinto Iron Ore +SupplierMSP +sells/m);
    expect(printed).toMatch(
      /^ {4}supplier \(rio-tinto\) +Rio Tinto Iron Ore +slice USD +50000\.00 +FREE +in the books of bank, supplier$/m,
    );
    await expectConnections(/^How to connect as everybody: (.+)$/m.exec(printed)?.[1] ?? '');

    // As it would be pasted into a terminal that is somewhere else.
    const [, command = ''] = LEFT_TO_DO.exec(printed) ?? [];
    for (const _ of ['the whole slice', 'one of its halves']) {
      const { code, stdout, stderr } = await run('/bin/sh', ['-c', command], { cwd: tmpdir() });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^split USD into (\d+) and \1 minor units: [^]+blockNumber: \d+n/);
      expect(stdout).toMatch(/\nthe same slice once more is refused: STATE /);
    }
    // At a terminal one Ctrl-C comes twice: from the terminal and from the program above.
    demo.signal('SIGINT');
    await sleep(20);
    demo.signal('SIGINT');
    expect(await demo.ended).toMatchObject({ code: 0, signal: null });
    expect(await survivors(below)).toEqual([]);
    expect(await left()).toEqual([]);
  });
});

describe('bad input', () => {
  const badDeal = async (change: (text: string) => string, file = 'deal.json'): Promise<string> => {
    const folder = await mkdtemp(join(work, 'bad deal '));
    await cp(DEAL, folder, { recursive: true });
    await writeFile(join(folder, file), change(await readFile(join(folder, file), 'utf8')));
    return folder;
  };

  it.each([
    [
      'an amount that does not add up',
      'deal.json',
      '"30000000.00"',
      '"30000000.01"',
      /^deal\.json, \$\.payments\[0\]\.amount \(line 275\): Pay exactly/,
    ],
    [
      'a field that the format does not have',
      'deal.json',
      '"worth"',
      '"woth"',
      /^deal\.json, \$\.(woth|worth) \(line \d+\): /,
    ],
    ['text that is no JSON', 'deal.json', '{', '', /^deal\.json, line 2, column 11: Write JSON \(/],
    [
      'a message with a letter in its amount',
      'payments/rio-tinto-usd.camt.054.xml',
      '30000000.00',
      '3000000O.00',
      /^payments\/rio-tinto-usd\.camt\.054\.xml, \/.+: /,
    ],
  ])('of a deal with %s names file, place and remedy', async (_what, file, from, to, message) => {
    const folder = await badDeal((text) => text.replace(from, to), file);
    const { code, stdout, stderr } = await run(process.execPath, [DEMO, '--json', '--deal', folder]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['a folder without a deal', ['--deal', tmpdir()], /^deal\.json: Put this file into the folder/],
    ['a file of the deal', ['--deal', join(DEAL, 'deal.json')], /^deal\.json: Name the folder of the deal, /],
    ['an option that does not exist', ['--frobnicate'], /--frobnicate[^]*npm run demo -- \[--network devnet\|fabric\]/],
    [
      'a network that does not exist',
      ['--network', 'mainnet'],
      /--network takes devnet or fabric, not mainnet[^]*npm run demo -- /,
    ],
    ['an argument without an option', ['fabric'], /fabric[^]*npm run demo -- /],
    [
      'a place where no picture can be',
      ['--picture', '/dev/null/deal.svg'],
      /cannot be written into \/dev\/null [^]*--picture/,
    ],
  ])('of %s is told so with exit code 2', async (_what, args, message) => {
    const { code, stdout, stderr } = await run(process.execPath, [DEMO, ...args]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('a network that cannot start', () => {
  it('is told in one line and leaves no folder behind', async () => {
    demo = new Program(process.execPath, [DEMO, '--network', 'fabric'], {
      env: { ...process.env, TMPDIR: work, FABRIC_BIN: join(work, 'nowhere') },
    });
    const { code, stdout, stderr } = await demo.ended;
    expect(stdout).toMatch(/^Who is who\n/);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/were not found/) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await left()).toEqual([]);
  });

  it('names the folder that it cannot write, and the remedy', async () => {
    const { code, stderr } = await run(process.execPath, [DEMO], {
      env: { ...process.env, TMPDIR: join(work, 'nowhere') },
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/nowhere.*Set TMPDIR/) });
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('in the middle of the deal', () => {
  /** Starts the demo, waits for a step, and answers all processes below it. */
  const until = async (step: RegExp): Promise<Descendant[]> => {
    demo = start(DEMO);
    await demo.shows(step);
    return descendantsOf(demo.pid);
  };
  const hit = (below: readonly Descendant[], pattern: RegExp): void => {
    const target = below.find(({ command }) => pattern.test(command));
    process.kill(target?.pid ?? 0, 'SIGKILL');
  };

  it.each([
    ['Ctrl-C while the network starts', 'SIGINT', 130, /identities and connection profiles/],
    // What a signal stops is the same for each of them and at any time: npmCommands.test.ts stops a demo in the middle of the deal.
    ['a kill', 'SIGTERM', 143, /identities and connection profiles/],
    ['a closed terminal', 'SIGHUP', 129, /identities and connection profiles/],
  ] as const)('%s leaves nothing behind and says nothing of errors', async (_when, by, code, step) => {
    const below = await until(step);
    demo?.signal(by);
    const ended = await demo?.ended;
    expect(ended).toMatchObject({ code, signal: null, stderr: '' });
    expect(ended?.stdout.trimEnd().split('\n').at(-1)).toContain(by);
    expect(ended?.stdout).toMatch(
      /\nInterrupted by .+: the deal was not finished\. The network is stopped and removed\.\n$/,
    );
    expect(await survivors(below)).toEqual([]);
    expect(await left()).toEqual([]);
  });

  it('a reader that goes away ends it, and leaves no folder behind', async () => {
    const { code } = await run('/bin/sh', ['-c', '"$0" "$1" | head -n 6', process.execPath, DEMO], {
      env: { ...process.env, TMPDIR: work },
    });
    expect(code).toBe(0);
    expect(await left()).toEqual([]);
  });

  it.each([
    ['the network', /drivers\/devnet\/process/, /Process devnet is not running/],
    ['a chaincode', /dist\/main\.js server/, /Process chaincode-tenor-\w+ is not running/],
  ])('the death of %s is told as such, with exit code 1', async (_what, process_, message) => {
    const below = await until(/ok {2}open line USD/);
    hit(below, process_);
    const ended = await demo?.ended;
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
    expect(ended?.stderr).toMatch(/^The step ".+" of \w+ \([\w-]+\) \w+ failed: /m);
    expect(ended?.stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(ended?.stderr).not.toContain(String.fromCharCode(27)); // the colours of a log
    expect(await survivors(below)).toEqual([]);
    expect(await left()).toEqual([]);
  });
});
