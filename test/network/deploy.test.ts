/**
 * Deploys as somebody without this repository's tools would. Fabric's own command makes the package, and it is installed and started as
 * the peer's builder does it, on two organisations under the channel's default policy. Also tests the ledger of a restarted network.
 */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { TenorError } from '@tenor/client';
import {
  fabricDriver,
  findFabric,
  TOPOLOGIES,
  type ChaincodeSource,
  type RunningNetwork,
  type Topology,
} from '@tenor/network';
import { recordOf, utilised } from '../behaviour/dealBooks.js';
import { claimInvoice, issue, split, transfer, type Issued } from '../support/deal.js';
import { ledgerOn } from '../support/engines.js';
import { PeerCommand } from '../support/peerCommand.js';
import { must, Program } from '../support/processes.js';
import { LEI, World } from '../support/world.js';

const CHAINCODE = resolve(__dirname, '../../chaincode');
const NPM = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
const PACKAGE_ID = `tenor_1:${'ab'.repeat(32)}`;

/** The samples' two organisations on free ports, so that a network of theirs may run beside. */
const TWO_ORGANIZATIONS: Topology = {
  ...TOPOLOGIES['two-org'],
  orderer: { mspId: 'OrdererMSP', domain: 'example.com' },
  organizations: TOPOLOGIES['two-org'].organizations.map(({ name, mspId, domain, users }) => ({
    name,
    mspId,
    domain,
    users,
  })),
};

let work: string;
/** What the builder gets, with its packages installed. */
let built: string;

/** Packs the chaincode with `peer lifecycle chaincode package` and unpacks it as the builder does. */
async function pack(): Promise<string> {
  const fabric = findFabric();
  if (fabric === undefined) throw new Error('this suite needs the commands of Fabric');
  const [whole, code] = [join(work, 'tenor.tgz'), join(work, 'code')];
  const args = [
    'lifecycle',
    'chaincode',
    'package',
    whole,
    '--path',
    CHAINCODE,
    '--lang',
    'node',
    '--label',
    'tenor_1',
  ];
  await must(join(fabric.bin, 'peer'), args, { env: { ...process.env, FABRIC_CFG_PATH: fabric.config } });
  await mkdir(code);
  await must('tar', ['-xzf', whole, '-C', work]);
  await must('tar', ['-xzf', join(work, 'code.tar.gz'), '-C', code]);
  return join(code, 'src');
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'tenor-deploy-'));
  built = await pack();
});

afterAll(() => rm(work, { recursive: true, force: true }));

const linesWith = async (folder: string, pattern: RegExp): Promise<string[]> => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const lines = await Promise.all(
    names.map(async (name) =>
      (await readFile(join(folder, name), 'utf8')).split('\n').map((line) => `${name}: ${line}`),
    ),
  );
  return lines.flat().filter((line) => pattern.test(line));
};

describe('the package', () => {
  it('is the folder alone, with its lock file, without installed packages and without a collection config', async () => {
    const names = await readdir(built);
    expect(names).toEqual(expect.arrayContaining(['dist', 'package-lock.json', 'package.json']));
    expect(names).not.toContain('node_modules');
    const all = await readdir(built, { recursive: true });
    expect(all.filter((name) => /collection/i.test(name))).toEqual([]);
  });

  it('names no organisation', async () => {
    expect(await linesWith(join(CHAINCODE, 'src'), /['"`][A-Za-z0-9]+MSP['"`]/)).toEqual([]);
  });

  it('installs by its own lock file without what only its build needs', async () => {
    await must('npm', ['ci', '--omit=dev', ...NPM], { cwd: built });
    const installed = await readdir(join(built, 'node_modules'));
    expect(installed).toContain('fabric-shim');
    expect(installed).not.toContain('typescript');
  });
});

/** The peer's side of the chaincode stream, as far as the first message. */
class Peer {
  readonly registered: Promise<peer.ChaincodeMessage>;
  readonly #server = new Server();

  constructor() {
    this.registered = new Promise((resolve) => {
      const register = (stream: ServerDuplexStream<peer.ChaincodeMessage, peer.ChaincodeMessage>): void => {
        stream.on('error', () => stream.end());
        stream.on('data', resolve);
      };
      const serialize = (message: peer.ChaincodeMessage): Buffer => Buffer.from(message.serializeBinary());
      const deserialize = (bytes: Buffer): peer.ChaincodeMessage => peer.ChaincodeMessage.deserializeBinary(bytes);
      this.#server.addService(
        {
          register: {
            path: '/protos.ChaincodeSupport/Register',
            ...{ requestStream: true, responseStream: true },
            ...{ requestSerialize: serialize, responseSerialize: serialize },
            ...{ requestDeserialize: deserialize, responseDeserialize: deserialize },
          },
        },
        { register },
      );
    });
  }

  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
  }

  close(): void {
    this.#server.forceShutdown();
  }
}

describe('the start', () => {
  let program: Program | undefined;
  afterEach(() => program?.kill());
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

  it("registers with the peer, started as the peer's builder starts it and with what that gives it alone", async () => {
    const listener = new Peer();
    try {
      const address = `127.0.0.1:${String(await listener.listen())}`;
      const given = {
        ...env,
        CORE_CHAINCODE_ID_NAME: PACKAGE_ID,
        CORE_PEER_TLS_ENABLED: 'false',
        CORE_PEER_LOCALMSPID: 'AnyMSP',
      };
      program = new Program('npm', ['start', '--', '--peer.address', address], { cwd: built, env: given });
      const ended = program.ended.then(({ stderr }) => Promise.reject(new Error(`ended: ${stderr}`)));
      const message = await Promise.race([listener.registered, ended]);
      expect(message.getType()).toBe(peer.ChaincodeMessage.Type.REGISTER);
      expect(peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName()).toBe(PACKAGE_ID);
    } finally {
      listener.close();
    }
  });

  it('says what is missing when it is to serve and is not told where', async () => {
    program = new Program('npm', ['run', '--silent', 'start:server-nontls'], { cwd: built, env });
    expect(await program.ended).toMatchObject({ code: 2, stderr: expect.stringContaining('set CHAINCODE_ID') });
  });
});

/** A restarted orderer has no leader for a second or two: until then nothing is ordered, and the same claim may be sent again. */
async function ordering(world: World): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      await claimInvoice(world, '1');
      return;
    } catch (error) {
      if (!(error instanceof TenorError) || error.code !== 'OUTCOME_UNKNOWN') throw error;
      await pause(250);
    }
  }
}

describe('two organisations under the default policy', () => {
  let network: RunningNetwork;
  let world: World;
  let issued: Issued;
  let parts: string[];

  /** The samples' way to run a chaincode as a service. */
  const service = (): ChaincodeSource => ({
    ...{ name: 'tenor', command: 'npm', args: ['run', '--silent', 'start:server-nontls'], cwd: built },
  });

  const up = async (): Promise<RunningNetwork> => {
    const running = await fabricDriver.up(TWO_ORGANIZATIONS, { dataPath: join(work, 'network') });
    await running.deploy(service());
    return running;
  };

  beforeAll(async () => {
    network = await up();
  });

  afterAll(async () => {
    await world.close();
    await network.down();
  });

  it('is deployed without an endorsement policy and without collections of its own', async () => {
    const definition = await (await PeerCommand.of(network, findFabric()?.bin ?? '', 'org1', 'Admin')).definition();
    const policy = Buffer.from(String(definition['validation_parameter']), 'base64').toString('utf8');
    expect(policy).toContain('/Channel/Application/Endorsement');
    expect(definition['collections']).toEqual({});
  });

  it('takes a deal', async () => {
    world = await World.found(ledgerOn(network));
    issued = await issue(world, '100000');
    parts = await split(world, issued.sliceId, ['60000', '40000']);
    expect(await utilised(world, 'issuer', issued.lineId)).toBe('100000');
  });

  it('keeps its ledger when the network is stopped and started again', async () => {
    await network.down();
    network = await up();
    const [first = ''] = parts;
    expect(await utilised(world, 'issuer', issued.lineId)).toBe('100000');
    expect(await recordOf(world, 'supplier', 'slice', first)).toMatchObject({ amount: '60000', state: 'FREE' });
    await ordering(world);
    await transfer(world, first);
    expect(await recordOf(world, 'contractor', 'slice', first)).toMatchObject({
      amount: '60000',
      holder: LEI.contractor,
    });
  });

  it('is upgraded while certificates live: what was promised before the upgrade is passed on after it', async () => {
    await network.deploy(service(), { version: '2.0', sequence: 2 });
    const command = await PeerCommand.of(network, findFabric()?.bin ?? '', 'org1', 'Admin');
    expect(await command.definition()).toMatchObject({ sequence: 2, version: '2.0' });
    const [, second = ''] = parts;
    const [small = ''] = await split(world, second, ['15000', '25000']);
    await transfer(world, small);
    expect(await recordOf(world, 'contractor', 'slice', small)).toMatchObject({
      amount: '15000',
      holder: LEI.contractor,
    });
    expect(await utilised(world, 'bank', issued.lineId)).toBe('100000');
  });
});
