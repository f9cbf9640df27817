/** The client over gRPC: every way to connect to a network that runs, and a peer that never answers. */
import { createServer, type Server, type Socket } from 'node:net';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, fromEnvironment, fromPaths, fromProfile, type Connection } from '@tenor/client';
import { devnetDriver, TOPOLOGIES, type RunningNetwork } from '@tenor/network';
import { shouldCloseBooks } from '../behaviour/closedBooks.js';
import { refusal } from '../behaviour/dealBooks.js';
import { TENOR } from '../support/engines.js';
import { must } from '../support/processes.js';

const NETWORK_CLI = resolve(__dirname, '../../network/dist/cli.js');

describe('connecting', () => {
  let network: RunningNetwork;
  let dataPath: string;

  beforeAll(async () => {
    dataPath = await mkdtemp(join(tmpdir(), 'tenor ways to connect '));
    network = await devnetDriver.up(TOPOLOGIES['three-org'], { dataPath });
    await network.deploy(TENOR);
  });

  afterAll(async () => {
    await network.down();
    await rm(dataPath, { recursive: true, force: true });
  });

  shouldCloseBooks('three-org', () => Promise.resolve(network));

  const mspPath = (): string => network.connectionFor('bank', 'Maker').mspPath;
  const channel = 'tenor';

  async function profilePath(): Promise<string> {
    const names = await readdir(join(dataPath, 'organizations'), { recursive: true });
    return join(dataPath, 'organizations', names.find((name) => name.endsWith('connection-bank.json')) ?? '');
  }

  /** The same profile as YAML, with the certificate inside instead of beside. */
  async function yamlProfile(): Promise<string> {
    const profile = JSON.parse(await readFile(await profilePath(), 'utf8')) as {
      peers: Record<string, { tlsCACerts: { path?: string; pem?: string } }>;
    };
    for (const peer of Object.values(profile.peers)) {
      peer.tlsCACerts = { pem: await readFile(peer.tlsCACerts.path ?? '', 'utf8') };
    }
    const path = join(dataPath, 'profile.yaml');
    // Flow style is YAML too; a comment is what makes it no JSON.
    await writeFile(path, `# of the bank\n${JSON.stringify(profile, undefined, 2)}\n`);
    return path;
  }

  /** What `npm run network -- env bank` prints, as a shell takes it. */
  async function environment(): Promise<Record<string, string>> {
    const args = ['env', 'bank', '--user', 'Maker', '--topology', 'three-org', '--data', dataPath];
    const script = await must(process.execPath, [NETWORK_CLI, ...args]);
    const printed = await must('sh', ['-c', `${script}\nenv`], { env: { PATH: process.env['PATH'] } });
    return Object.fromEntries(printed.split('\n').map((row) => [row.replace(/=.*/, ''), row.replace(/^[^=]*=/, '')]));
  }

  it('is told that there are no events to hear, instead of waiting for ever', async () => {
    const paths = { ...network.connectionFor('bank', 'Maker'), channel: 'nosuchchannel' };
    const client = connect({ connection: fromPaths(paths) });
    const heard = client.events({ startBlock: 0n }).next();
    await expect(heard).rejects.toMatchObject({ code: 'REFUSED_BY_NETWORK' });
    client.close();
  }, 20_000);

  it.each<[string, () => Connection | Promise<Connection>]>([
    ['paths', () => fromPaths(network.connectionFor('bank', 'Maker'))],
    [
      'the profile that the network wrote',
      async () => fromProfile(await profilePath(), { mspPath: mspPath(), channel }),
    ],
    [
      'a profile in YAML, named organisation',
      async () => fromProfile(await yamlProfile(), { mspPath: mspPath(), channel, organization: 'BankMSP' }),
    ],
    ["the samples' environment, as the network prints it", async () => fromEnvironment(await environment())],
  ])('works from %s', async (_how, connectionOf) => {
    const client = connect({ connection: await connectionOf() });
    expect(await client.registry.whoami()).toMatchObject({ mspId: 'BankMSP', admin: false });
    client.close();
  });

  it.each<[string, (connection: Connection) => Connection]>([
    ['another TLS root', (connection) => ({ ...connection, tlsRootCert: connection.certificate })],
    ['another server name', (connection) => ({ ...connection, hostAlias: 'peer0.elsewhere.example' })],
    ['a port where nobody listens', (connection) => ({ ...connection, endpoint: 'localhost:1' })],
  ])('to %s is UNAVAILABLE', async (_what, change) => {
    const client = connect({
      connection: change(fromPaths(network.connectionFor('bank', 'Maker'))),
      deadlines: { evaluateMs: 2_000 },
    });
    expect((await refusal(client.registry.whoami())).code).toBe('UNAVAILABLE');
    client.close();
  });

  it.each<[string, (connection: Connection) => Connection]>([
    ['a chaincode that is not there', (connection) => ({ ...connection, chaincode: 'elsewhere' })],
    ["another organisation's user", (connection) => ({ ...connection, mspId: 'IssuerMSP' })],
  ])('as %s is refused by the network', async (_what, change) => {
    const client = connect({ connection: change(fromPaths(network.connectionFor('bank', 'Maker'))) });
    expect((await refusal(client.registry.whoami())).code).toBe('REFUSED_BY_NETWORK');
    client.close();
  });
});

describe('a peer that takes calls and never answers', () => {
  let server: Server;
  const sockets = new Set<Socket>();

  beforeAll(
    () =>
      new Promise<void>((listening) => {
        server = createServer((socket) => sockets.add(socket.on('error', () => socket.destroy())));
        server.listen(0, '127.0.0.1', listening);
      }),
  );

  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('costs the deadline and no more', async () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const signer = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array([1]));
    const connection = {
      endpoint: `127.0.0.1:${String(port)}`,
      mspId: 'BankMSP',
      certificate: 'none',
      channel: 'tenor',
      chaincode: 'tenor',
    };
    const client = connect({ connection, signer, deadlines: { evaluateMs: 300 } });
    const started = performance.now();
    expect((await refusal(client.registry.whoami())).code).toBe('UNAVAILABLE');
    expect(performance.now() - started).toBeLessThan(3_000);
    client.close();
  });
});
