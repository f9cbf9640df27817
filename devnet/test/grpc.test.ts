// The same network over real sockets: TLS gateways for the unmodified SDK, chaincode servers in processes of their own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, type Contract, type EndorseError } from '@hyperledger/fabric-gateway';
import { peer, type common } from '@hyperledger/fabric-protos';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDevnet, type Devnet } from 'tenor-devnet';
import { hostOf } from '../../test/support/testIdentities.js';
import { seek, seekEnvelope } from './support/seek.js';
import {
  bookOf,
  CHANNEL,
  engineOptions,
  organizationOf,
  organizations,
  ORG1,
  ORG2,
  ORG3,
  signerOf,
} from './support/world.js';

const PACKAGE_ID = 'raw_1:0123';
const OUTSIDE = 'peer0.org2.example.com:9051';
const CHAINCODE_MAIN = join(__dirname, '../../test/fixtures/raw-chaincode/main.cjs');

describe('devnet over gRPC', () => {
  const addresses: Record<string, string> = {};
  const processes = new Map<string, ChildProcess>();
  const clients: Client[] = [];
  let devnet: Devnet;

  beforeAll(async () => {
    const orgs = await organizations();
    const options = await engineOptions({ executeTimeoutMs: 2000 });
    devnet = await startDevnet({
      ...options,
      organizations: options.organizations.map((organization) => {
        const { tls } = organizationOf(orgs, organization.mspId);
        const known = organization.mspId === ORG2 ? { externalEndpoint: OUTSIDE } : {};
        return { ...organization, ...known, tlsCertPem: tls.certPem, tlsKeyPem: tls.keyPem };
      }),
    });
    await Promise.all([ORG1, ORG2, ORG3].map(async (mspId) => startChaincode(mspId, await freePort())));
    await devnet.deploy({ name: 'raw', packageId: PACKAGE_ID, addresses });
  });
  afterAll(async () => {
    clients.forEach((client) => {
      client.close();
    });
    await devnet.close();
    await Promise.all([...processes.keys()].map(stopChaincode));
  });

  it('submits, evaluates and streams events', async () => {
    const network = await networkOf(ORG1);
    using events = await network.getChaincodeEvents('raw', { startBlock: 0n });
    const key = 'k1';
    await submit(await contractOf(ORG1), [
      { op: 'put', key, value: base64('v1') },
      { op: 'event', key: 'happened.v1', value: base64('{}') },
    ]);
    expect(await evaluate(await contractOf(ORG2), [{ op: 'get', key }])).toEqual([base64('v1')]);
    for await (const event of events) {
      expect(event.eventName).toBe('happened.v1');
      break;
    }
  });

  it('gives error details as the gateway of a real peer does', async () => {
    const failing = submit(await contractOf(ORG1), [{ op: 'fail', value: 'no such thing' }]);
    const error = (await failing.catch((caught: unknown) => caught)) as EndorseError;
    expect(error.name).toBe('EndorseError');
    expect(error.message).toBe('10 ABORTED: failed to endorse transaction, see attached details for more info');
    expect(error.details).toEqual([
      { address: devnet.endpointOf(ORG1), mspId: ORG1, message: 'chaincode response 500, no such thing' },
    ]);
  });

  it('names a peer in error details as other hosts know it, where it has such a name', async () => {
    const failing = submit(await contractOf(ORG2), [{ op: 'fail', value: 'no such thing' }]);
    const error = (await failing.catch((caught: unknown) => caught)) as EndorseError;
    expect(error.details).toEqual([
      { address: OUTSIDE, mspId: ORG2, message: 'chaincode response 500, no such thing' },
    ]);
    expect(devnet.endpointOf(ORG2)).toMatch(/^localhost:\d+$/);
  });

  it('delivers blocks', async () => {
    const network = await networkOf(ORG1);
    const events = await network.getBlockEvents({ startBlock: 0n });
    for await (const block of events) {
      expect(block.getHeader()?.getNumber()).toBe(0);
      break;
    }
    events.close();
  });

  it('says in the stream that a block is not there, after those that are, and ends it', async () => {
    const orgs = await organizations();
    const root = credentials.createSsl(Buffer.from(organizationOf(orgs, ORG1).authority.rootPem));
    const client = new Client(devnet.endpointOf(ORG1), root, { 'grpc.ssl_target_name_override': hostOf(ORG1) });
    clients.push(client);
    const stream = client.makeBidiStreamRequest(
      '/protos.Deliver/Deliver',
      (message: common.Envelope) => Buffer.from(message.serializeBinary()),
      (bytes) => peer.DeliverResponse.deserializeBinary(bytes),
    );
    stream.write(await seekEnvelope(organizationOf(orgs, ORG1).user, { info: seek('newest', 1000) }));
    const found: unknown[] = [];
    for await (const response of stream as AsyncIterable<peer.DeliverResponse>) {
      found.push(response.hasBlock() ? 'block' : response.getStatus());
    }
    expect(found).toEqual(['block', 404]);
  });

  it('dials a restarted chaincode again', async () => {
    const contract = await contractOf(ORG3);
    await expect(evaluate(contract, [])).resolves.toEqual([]);
    const port = Number(addresses[ORG3]?.split(':')[1]);
    await stopChaincode(ORG3);
    const dead = evaluate(contract, [], [ORG3]).catch(
      (caught: unknown) => (caught as EndorseError).details[0]?.message,
    );
    expect(await dead).toMatch(
      /chaincode stream terminated$|could not launch chaincode raw_1:0123: connection to raw_1:0123 failed/,
    );
    await startChaincode(ORG3, port);
    await expect(evaluate(contract, [], [ORG3])).resolves.toEqual([]);
  });

  it('refuses connections to a stopped peer, goes on without it, and lets it catch up', async () => {
    const write = (key: string): object[] => [
      { op: 'putPrivate', collection: bookOf(ORG1), key, value: base64(key) },
      { op: 'put', key, value: base64(key) },
    ];
    await devnet.stopPeer(ORG3);
    await expect(evaluate(await contractOf(ORG3), [])).rejects.toThrow('UNAVAILABLE');
    await submit(await contractOf(ORG1), write('without3'), [ORG1, ORG2]);
    await expect(submit(await contractOf(ORG1), write('x'), [ORG1, ORG3])).rejects.toThrow(
      `14 UNAVAILABLE: failed to find any endorsing peers for org(s): ${ORG3}`,
    );
    expect(devnet.blocks(ORG3).length).toBeLessThan(devnet.height);
    await devnet.startPeer(ORG3);
    expect(devnet.blocks(ORG3)).toEqual(devnet.blocks(ORG1));
    expect(await evaluate(await contractOf(ORG3), [{ op: 'get', key: 'without3' }], [ORG3])).toEqual([
      base64('without3'),
    ]);
  });

  it('runs another chaincode in place of one organisation’s', async () => {
    const original = addresses[ORG2] ?? '';
    devnet.setChaincodeAddress(ORG2, 'raw', '127.0.0.1:1');
    const details = await evaluate(await contractOf(ORG1), [], [ORG2]).catch(
      (caught: unknown) => (caught as EndorseError).details,
    );
    expect(details).toMatchObject([{ mspId: ORG2, message: expect.stringContaining('could not launch chaincode') }]);
    devnet.setChaincodeAddress(ORG2, 'raw', original);
    await expect(evaluate(await contractOf(ORG1), [], [ORG2])).resolves.toEqual([]);
  });

  async function networkOf(mspId: string): Promise<ReturnType<ReturnType<typeof connect>['getNetwork']>> {
    const orgs = await organizations();
    const { authority, user } = organizationOf(orgs, mspId);
    const client = new Client(devnet.endpointOf(mspId), credentials.createSsl(Buffer.from(authority.rootPem)), {
      'grpc.ssl_target_name_override': hostOf(mspId),
      'grpc.use_local_subchannel_pool': 1,
    });
    clients.push(client);
    return connect({
      client,
      identity: { mspId, credentials: Buffer.from(user.certPem) },
      hash: hash.none,
      signer: signerOf(user),
    }).getNetwork(CHANNEL);
  }

  async function contractOf(mspId: string): Promise<Contract> {
    return (await networkOf(mspId)).getContract('raw');
  }

  async function startChaincode(mspId: string, port: number): Promise<void> {
    const address = `127.0.0.1:${String(port)}`;
    const child = spawn(process.execPath, [CHAINCODE_MAIN], {
      env: { ...process.env, CHAINCODE_SERVER_ADDRESS: address, CHAINCODE_ID: PACKAGE_ID, CORE_PEER_LOCALMSPID: mspId },
      stdio: 'ignore',
    });
    processes.set(mspId, child);
    addresses[mspId] = address;
    const probe = new Client(address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
    await new Promise<void>((resolve, reject) => {
      probe.waitForReady(Date.now() + 10_000, (error) => {
        if (error) {
          reject(error);
        } else {
          resolve();
        }
      });
    });
    probe.close();
  }

  async function stopChaincode(mspId: string): Promise<void> {
    const child = processes.get(mspId);
    if (child && child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
  }
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

async function submit(contract: Contract, operations: readonly object[], endorsers?: string[]): Promise<unknown> {
  const options = {
    arguments: [JSON.stringify(operations)],
    ...(endorsers ? { endorsingOrganizations: endorsers } : {}),
  };
  return JSON.parse(Buffer.from(await contract.submit('run', options)).toString());
}

async function evaluate(contract: Contract, operations: readonly object[], endorsers?: string[]): Promise<unknown> {
  const options = {
    arguments: [JSON.stringify(operations)],
    ...(endorsers ? { endorsingOrganizations: endorsers } : {}),
  };
  return JSON.parse(Buffer.from(await contract.evaluate('run', options)).toString());
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
