/** A channel that was made with open books, as Fabric makes it, is closed by its administrators: each on its own, with files between them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, EVERY_MEMBER_READS, fromPaths, type ConnectOptions, type Tenor } from '@tenor/client';
import { findFabric, startDetached, TOPOLOGIES, type RunningNetwork, type Topology } from '@tenor/network';
import { shouldShowWhyBooksAreClosed } from '../behaviour/closedBooks.js';
import { TENOR } from '../support/engines.js';
import { must, run, type Ended } from '../support/processes.js';

const CLI = resolve(__dirname, '../../network/dist/cli.js');
const TWO = TOPOLOGIES['two-org'];

/** The samples' two organisations, but on free ports. */
const { ports: _ports, ...ordering } = TWO.orderer;
const TWO_OPEN: Topology = {
  ...TWO,
  orderer: ordering,
  organizations: TWO.organizations.map(({ ports: _own, ...organization }) => organization),
  blockEvents: 'open',
};
const THREE_OPEN: Topology = { ...TOPOLOGIES['three-org'], blockEvents: 'open' };

/** A network that runs in the background, as `up` leaves it. */
class Open {
  network!: RunningNetwork;
  folder = '';
  readonly #clients: Tenor[] = [];
  /** What `env` has printed of each user: it does not change while the network runs. */
  readonly #environments = new Map<string, Promise<Record<string, string>>>();

  async up(topology: Topology): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'tenor-books-'));
    this.network = await startDetached('fabric', topology, { dataPath: join(this.folder, 'net') });
    await this.network.deploy(TENOR);
  }

  async down(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.network.down();
    await rm(this.folder, { recursive: true, force: true });
  }

  client(organization: string, options: Omit<ConnectOptions, 'connection'> = {}): Tenor {
    const client = connect({
      connection: fromPaths(this.network.connectionFor(organization, 'Admin')),
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  cli(...args: readonly string[]): Promise<Ended> {
    return run(process.execPath, [CLI, ...args, '--data', this.network.dataPath]);
  }

  /** One step with the variables that an administrator of Fabric has set anyway. */
  async step(organization: string, user: string, ...args: readonly string[]): Promise<Ended> {
    return run(process.execPath, [CLI, 'close-books', ...args, '--file', this.file], {
      env: { ...process.env, CHANNEL_NAME: this.network.topology.channel, ...(await this.peerEnv(organization, user)) },
    });
  }

  peerEnv(organization: string, user: string): Promise<Record<string, string>> {
    const key = `${organization} ${user}`;
    const known = this.#environments.get(key) ?? this.#askForEnvironment(organization, user);
    this.#environments.set(key, known);
    return known;
  }

  async #askForEnvironment(organization: string, user: string): Promise<Record<string, string>> {
    const args = ['env', organization, '--user', user, '--format', 'peer', '--json', '--data', this.network.dataPath];
    return JSON.parse(await must(process.execPath, [CLI, ...args])) as Record<string, string>;
  }

  get file(): string {
    return join(this.folder, 'close-books.pb');
  }
}

const code = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => (error as { readonly code?: unknown }).code ?? error,
  );

describe('the books of a channel with three organisations', () => {
  const open = new Open();
  const founders = ['BankMSP', 'IssuerMSP'];
  let bank: Tenor;

  beforeAll(async () => {
    await open.up(THREE_OPEN);
    bank = open.client('bank', { booksCheckEveryMs: 0 });
  }, 300_000);
  afterAll(() => open.down());

  shouldShowWhyBooksAreClosed(() => Promise.resolve(open.network));

  it('are open: a client plans and submits nothing, and still reads', async () => {
    expect(await code(bank.registry.adopt({ founders }))).toBe('BOOKS_OPEN');
    expect(await code(bank.sender.plan('registry:adopt', { founders }, undefined, new Uint8Array(32)))).toBe(
      'BOOKS_OPEN',
    );
    expect(await code(bank.sender.submitOnce('registry:adopt', '{}', {}, ['BankMSP']))).toBe('BOOKS_OPEN');
    expect(await bank.registry.whoami()).toMatchObject({ mspId: 'BankMSP' });
    expect(bank.pending()).toEqual([]);
  });

  it('are accepted as they are only in words', async () => {
    const accepting = open.client('issuer', { acceptOpenBooks: EVERY_MEMBER_READS });
    expect(await code(accepting.registry.adopt({ founders }))).toBe('done');
  });

  it('are shown to be open by status', async () => {
    const { stdout } = await open.cli('status');
    expect(stdout).toContain('BOOKS ARE OPEN');
    expect(JSON.parse((await open.cli('status', '--json')).stdout)).toMatchObject({
      books: 'open',
      booksByPeer: { issuer: { state: 'open' }, bank: { state: 'open' }, supplier: { state: 'open' } },
    });
  });

  it('have an update prepared by one of them, which nobody has signed', async () => {
    const { code: exit, stdout } = await open.step('bank', 'User1', 'prepare');
    expect({ exit, stdout }).toEqual({
      exit: 0,
      stdout: expect.stringMatching(/Nobody has signed yet.* 2 are needed/s),
    });
    expect(await open.step('bank', 'Admin', 'send')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/2 organisations' administrators have to sign, and 0 did/),
    });
  });

  it('need administrators: the signature of anybody else is refused', async () => {
    for (const user of ['Maker', 'User1'])
      expect(await open.step('bank', user, 'sign')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('is not an administrator of BankMSP'),
      });
  });

  it('are signed for by one organisation once', async () => {
    expect(await open.step('bank', 'Admin', 'sign')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Signed for BankMSP'),
    });
    const signed = await readFile(open.file);
    expect(await open.step('bank', 'Admin2', 'sign')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('was signed for this organisation already'),
    });
    expect(await readFile(open.file)).toEqual(signed);
    expect(await open.step('bank', 'Admin', 'send')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/2 .* have to sign, and 1 did \(BankMSP\)\. Not yet: IssuerMSP, SupplierMSP/),
    });
  });

  it('are not closed by a file that says anything else, on any other channel, or that is none', async () => {
    const good = await readFile(open.file);
    const bad = Buffer.from(good);
    const at = bad.indexOf('BlockEvents');
    bad.write('Readers', at);
    for (const [content, message] of [
      [bad, 'does not hold the update that closes the books'],
      [Buffer.from('no update'), 'no configuration update'],
      [Buffer.alloc(0), 'no configuration update'],
    ] as const) {
      await writeFile(open.file, content);
      for (const step of ['sign', 'send'])
        expect(await open.step('issuer', 'Admin', step)).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(message),
        });
    }
    await writeFile(open.file, good);
    expect(await open.step('issuer', 'Admin', 'sign', '--channel', 'elsewhere')).toMatchObject({ code: 1 });
    expect(await open.step('issuer', 'Admin', 'sign', '--peer-ca', '/nowhere')).toMatchObject({ code: 1 });
    expect(await readFile(open.file)).toEqual(good);
  });

  it('are closed once another organisation has signed, here by the command of Fabric itself', async () => {
    const fabric = findFabric();
    const env = { ...process.env, ...(await open.peerEnv('issuer', 'Admin')) };
    await must(join(fabric?.bin ?? '', 'peer'), ['channel', 'signconfigtx', '-f', open.file], { env });
    const { code: exit, stdout, stderr } = await open.step('supplier', 'Admin', 'send');
    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: expect.stringContaining('are closed'), stderr: '' });
    expect(JSON.parse((await open.cli('status', '--json')).stdout)).toMatchObject({ books: 'closed' });
  });

  it('let the client that was refused work on at its next call', async () => {
    expect(await code(bank.registry.adopt({ founders }))).toBe('done');
  });

  it('are closed already for every further step', async () => {
    for (const step of ['prepare', 'sign', 'send'])
      expect(await open.step('issuer', 'Admin', step)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('closed already'),
      });
    expect(await open.cli('close-books')).toMatchObject({ code: 0, stdout: expect.stringContaining('closed already') });
  });
});

describe('the books of a channel with two organisations', () => {
  const open = new Open();
  beforeAll(() => open.up(TWO_OPEN), 300_000);
  afterAll(() => open.down());

  it('are closed by one command where both are at hand', async () => {
    const org1 = open.client('org1');
    expect(await code(org1.registry.adopt({ founders: ['Org1MSP', 'Org2MSP'] }))).toBe('BOOKS_OPEN');
    const { code: exit, stdout, stderr } = await open.cli('close-books');
    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: expect.stringContaining('are closed'), stderr: '' });
    expect(await code(org1.registry.adopt({ founders: ['Org1MSP', 'Org2MSP'] }))).toBe('done');
    expect((await open.cli('status')).stdout).toContain('books are closed');
  });
});
