// Chaincodes that dial their peer: unmodified `fabric-chaincode-node start`, in the clear and with TLS, and who may not register.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { connect, hash, type Contract, type GatewayError } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDevnet, type ChaincodeListenerOptions, type Devnet } from 'tenor-devnet';
import { CHANNEL, engineOptions, organizationOf, organizations, ORG1, ORG2, ORG3, signerOf } from './support/world.js';

const CLI = join(__dirname, '../dist/cli.js');
const PACKAGE_ID = 'kept_1:0123';
const SHIM = resolve(__dirname, '../../chaincode/package.json');
const COMMAND = resolve(__dirname, '../../chaincode/node_modules/fabric-shim/cli.js');

const LISTENERS: Readonly<Record<string, ChaincodeListenerOptions>> = {
  [ORG1]: {},
  [ORG2]: { tls: true, startTimeoutMs: 300 },
};

/** A contract as the samples have them: it keeps a value. */
const CONTRACT = `
const { Contract } = require('node:module').createRequire(${JSON.stringify(SHIM)})('fabric-contract-api');
class Kept extends Contract {
  async keep(ctx, key, value) { await ctx.stub.putState(key, Buffer.from(value)); }
  async kept(ctx, key) { return Buffer.from(await ctx.stub.getState(key)).toString(); }
  async begin(ctx) { await ctx.stub.putState('begun', Buffer.from('yes')); }
  async where() { return process.env.CORE_PEER_LOCALMSPID; }
}
exports.contracts = [Kept];
`;

const file = (folder: string, name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** A folder with the contract in it, as a sample's folder. */
function contractFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenor-registrations-'));
  file(folder, 'package.json', JSON.stringify({ name: 'kept', version: '1.0.0', main: 'index.js' }));
  file(folder, 'index.js', CONTRACT);
  return folder;
}

const text = async (result: Promise<Uint8Array>): Promise<string> => Buffer.from(await result).toString();

describe('a chaincode that dials its peer', () => {
  const folder = contractFolder();
  const processes = new Map<string, ChildProcess>();
  const clients: Client[] = [];
  let devnet: Devnet;

  beforeAll(async () => {
    const orgs = await organizations();
    const options = await engineOptions();
    devnet = await startDevnet({
      ...options,
      organizations: options.organizations.map((organization) => {
        const { tls, authority } = organizationOf(orgs, organization.mspId);
        const chaincodeListener = LISTENERS[organization.mspId];
        return {
          ...organization,
          msp: { ...organization.msp, tlsRootCertsPem: [authority.rootPem] },
          ...{ tlsCertPem: tls.certPem, tlsKeyPem: tls.keyPem },
          ...(chaincodeListener === undefined ? {} : { chaincodeListener }),
        };
      }),
    });
    await devnet.deploy({ name: 'kept', packageId: PACKAGE_ID, addresses: {}, registering: [ORG1, ORG2] });
  });
  afterAll(async () => {
    clients.forEach((client) => {
      client.close();
    });
    await devnet.close();
    await Promise.all([...processes.values()].map(stop));
    rmSync(folder, { recursive: true });
  });

  async function stop(child: ChildProcess): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }

  /** Environment that a peer gives a chaincode that it starts. */
  async function tlsEnvironment(mspId: string): Promise<NodeJS.ProcessEnv> {
    const { tls, authority } = organizationOf(await organizations(), mspId);
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    return {
      CORE_PEER_TLS_ENABLED: 'true',
      CORE_PEER_TLS_ROOTCERT_FILE: file(folder, `${mspId}.root.pem`, authority.rootPem),
      CORE_TLS_CLIENT_KEY_PATH: file(folder, `${mspId}.key`, base64(tls.keyPem)),
      CORE_TLS_CLIENT_CERT_PATH: file(folder, `${mspId}.cert`, base64(tls.certPem)),
    };
  }

  /** As a peer starts a sample's chaincode (`npm start -- --peer.address ...`). */
  async function start(mspId: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
    const child = spawn(
      process.execPath,
      [COMMAND, 'start', '--peer.address', devnet.chaincodeEndpointOf(mspId) ?? ''],
      {
        cwd: folder,
        stdio: 'ignore',
        env: {
          ...process.env,
          CORE_CHAINCODE_ID_NAME: PACKAGE_ID,
          CORE_PEER_LOCALMSPID: mspId,
          ...env,
        },
      },
    );
    processes.set(mspId, child);
    while (!devnet.hasRegistered(mspId, PACKAGE_ID)) {
      expect(child.exitCode).toBeNull();
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async function contractOf(mspId: string): Promise<Contract> {
    const { user } = organizationOf(await organizations(), mspId);
    const gateway = connect({
      client: devnet.inProcessClient(mspId),
      identity: { mspId, credentials: Buffer.from(user.certPem) },
      hash: hash.none,
      signer: signerOf(user),
    });
    return gateway.getNetwork(CHANNEL).getContract('kept');
  }

  /** Sends a message on the line for chaincodes, and gives what the peer ends the line with. */
  async function dial(mspId: string, name?: string, how = credentials.createInsecure()): Promise<string> {
    const client = new Client(devnet.chaincodeEndpointOf(mspId) ?? '', how);
    clients.push(client);
    const message = new peer.ChaincodeMessage();
    const id = new peer.ChaincodeID();
    id.setName(name ?? '');
    message.setType(peer.ChaincodeMessage.Type.REGISTER);
    message.setPayload(name === undefined ? Buffer.from([0xff, 0xff]) : id.serializeBinary());
    const stream = client.makeBidiStreamRequest<Uint8Array, Buffer>(
      '/protos.ChaincodeSupport/Register',
      (bytes) => Buffer.from(bytes),
      (bytes) => bytes,
      new Metadata(),
      { deadline: Date.now() + 5000 },
    );
    const ended = new Promise<string>((done) => {
      stream.on('data', () => undefined);
      stream.on('error', (error: ServiceError) => {
        done(error.details);
      });
      stream.on('end', () => {
        done('ended');
      });
    });
    stream.write(message.serializeBinary());
    return ended;
  }

  it('is waited for by the first call', async () => {
    const early = text((await contractOf(ORG1)).evaluate('where', { endorsingOrganizations: [ORG1] }));
    await start(ORG1);
    expect(await early).toBe(ORG1);
  });

  it('is waited for only so long', async () => {
    const late = (await contractOf(ORG1)).evaluate('where', { endorsingOrganizations: [ORG2] });
    const [detail] = await late.then(
      () => [],
      (error: unknown) => (error as GatewayError).details,
    );
    expect(detail?.message).toContain(
      `could not launch chaincode ${PACKAGE_ID}: timeout expired while starting chaincode ${PACKAGE_ID} for transaction`,
    );
  });

  it('connects with TLS and a certificate of its own, and serves transactions', async () => {
    await start(ORG2, await tlsEnvironment(ORG2));
    const contract = await contractOf(ORG1);
    await contract.submit('keep', { arguments: ['k', 'v'], endorsingOrganizations: [ORG1, ORG2] });
    expect(await text(contract.evaluate('kept', { arguments: ['k'], endorsingOrganizations: [ORG2] }))).toBe('v');
  });

  it('is not taken with TLS without a certificate', async () => {
    const { authority } = organizationOf(await organizations(), ORG2);
    expect(await dial(ORG2, 'bare', credentials.createSsl(Buffer.from(authority.rootPem)))).not.toMatch(
      /Deadline|ended/,
    );
    expect(devnet.hasRegistered(ORG2, 'bare')).toBe(false);
  });

  it('is refused under a name that is taken, or none', async () => {
    expect(await dial(ORG1, PACKAGE_ID)).toBe(`duplicate chaincodeID: ${PACKAGE_ID}`);
    const nameless = 'error in handling register chaincode, chaincodeID name is empty';
    expect(await dial(ORG1, '')).toBe(nameless);
    expect(await dial(ORG1)).toBe(nameless);
  });

  it('stays when its definition is upgraded, and may come back after its end', async () => {
    await devnet.deploy({
      ...{ name: 'kept', version: '2.0', packageId: PACKAGE_ID },
      ...{ addresses: {}, registering: [ORG1, ORG2] },
    });
    expect(devnet.hasRegistered(ORG1, PACKAGE_ID)).toBe(true);
    const child = processes.get(ORG1);
    if (child !== undefined) await stop(child);
    while (devnet.hasRegistered(ORG1, PACKAGE_ID)) await new Promise((done) => setTimeout(done, 20));
    await start(ORG1);
    const contract = await contractOf(ORG1);
    expect(await text(contract.evaluate('kept', { arguments: ['k'], endorsingOrganizations: [ORG1] }))).toBe('v');
  });

  it('is let go when its peer stops', async () => {
    const child = processes.get(ORG1);
    await devnet.stopPeer(ORG1);
    expect(devnet.hasRegistered(ORG1, PACKAGE_ID)).toBe(false);
    expect(devnet.chaincodeEndpointOf(ORG1)).toBeUndefined();
    if (child?.exitCode === null) await once(child, 'exit');
    await devnet.startPeer(ORG1);
    await start(ORG1);
    const contract = await contractOf(ORG1);
    expect(await text(contract.evaluate('where', { endorsingOrganizations: [ORG1] }))).toBe(ORG1);
  });

  it('has no port where the peer listens for none', () => {
    expect(devnet.chaincodeEndpointOf(ORG3)).toBeUndefined();
  });
});

describe('the command line', () => {
  it('starts a chaincode that dials its peer under its terms, and says where another one may', async () => {
    const folder = contractFolder();
    const command = `cd '${folder}' && exec '${process.execPath}' '${COMMAND}' start --peer.address "$CORE_PEER_ADDRESS"`;
    const chaincodes = ['--chaincode', `kept=${command}`, '--chaincode-dials', 'other'];
    const options = ['--directory', folder, ...chaincodes, '--init-required', 'kept=begin'];
    const child = spawn(process.execPath, [CLI, ...options], { stdio: 'pipe' });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    try {
      while (!printed.includes('Org2MSP')) {
        expect(child.exitCode).toBeNull();
        await new Promise((done) => setTimeout(done, 20));
      }
      const endpoint = /localhost:\d+(?= \(TLS, host alias peer0.org1)/.exec(printed)?.[0] ?? '';
      const root = join(folder, 'organizations/peerOrganizations/org1.example.com');
      const only = (name: string): string => {
        const path = join(root, 'users/User1@org1.example.com/msp', name);
        return readFileSync(join(path, readdirSync(path)[0] ?? ''), 'utf8');
      };
      const user = { mspId: ORG1, certPem: only('signcerts'), keyPem: only('keystore') };
      const tlsRoot = readFileSync(join(root, 'peers/peer0.org1.example.com/tls/ca.crt'));
      const client = new Client(endpoint, credentials.createSsl(tlsRoot), {
        'grpc.ssl_target_name_override': 'peer0.org1.example.com',
      });
      const gateway = connect({
        client,
        identity: { mspId: ORG1, credentials: Buffer.from(user.certPem) },
        signer: signerOf(user),
        hash: hash.none,
      });
      const contract = gateway.getNetwork('mychannel').getContract('kept');
      await contract.submit('keep', { arguments: ['k', 'v'] });
      expect(await text(contract.evaluate('kept', { arguments: ['k'] }))).toBe('v');
      expect(await text(contract.evaluate('kept', { arguments: ['begun'] }))).toBe('yes');
      client.close();
      expect(printed.match(/chaincodes +dial localhost:\d+/g)).toHaveLength(2);
    } finally {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true });
    }
  });
});
