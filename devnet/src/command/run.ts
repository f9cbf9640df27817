// The network of the command line: identities that are made or found, the peers, and the chaincodes it was given.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Devnet } from '../devnet.js';
import { freePort } from '../grpcServer.js';
import { createIdentities } from '../identities/folders.js';
import { readOrderer, readOrganization } from '../identities/read.js';
import { startDevnet } from '../index.js';
import type { Arguments } from './arguments.js';
import { describeNetwork } from './describe.js';
import { startPrograms, type RunningPrograms } from './programs.js';

const CHANNEL = 'mychannel';
/** As in the samples, only sooner: nobody waits two seconds for a block. */
const BATCH = { timeoutMs: 200, maxMessageCount: 500, preferredMaxBytes: 2 * 1024 * 1024 };
const USERS = [
  { name: 'Admin', ou: 'admin' },
  { name: 'User1', ou: 'client' },
] as const;

const ORDERER = { mspId: 'OrdererMSP', domain: 'example.com', users: [] };
const ORGANIZATIONS = [
  { mspId: 'Org1MSP', domain: 'org1.example.com', users: USERS },
  { mspId: 'Org2MSP', domain: 'org2.example.com', users: USERS },
];
const SAMPLES_PORTS = [7051, 9051];
const SAMPLES_CHAINCODE_PORTS = [7052, 9052];
const SAMPLES_ORDERER_PORT = 7050;

export interface RunningNetwork {
  close(): Promise<void>;
}

/** Starts all of it and prints how to connect. Rejects with nothing left running. */
export async function runNetwork(wanted: Arguments): Promise<RunningNetwork> {
  const path = resolve(wanted.directory, 'organizations');
  await ensureIdentities(path);
  const fixed = wanted.layout === 'fabric-samples';
  const devnet = await startDevnet({
    channel: CHANNEL,
    batch: BATCH,
    organizations: ORGANIZATIONS.map((organization, index) => ({
      ...readOrganization(path, { ...organization, ...(fixed ? { port: SAMPLES_PORTS[index] ?? 0 } : {}) }),
      chaincodeListener: fixed ? { port: SAMPLES_CHAINCODE_PORTS[index] ?? 0 } : {},
    })),
    orderer: readOrderer(path, { ...ORDERER, ...(fixed ? { port: SAMPLES_ORDERER_PORT } : {}) }),
  });
  const started: RunningPrograms[] = [];
  const close = async (): Promise<void> => {
    started.forEach((programs) => {
      programs.stop();
    });
    await devnet.close();
  };
  try {
    for (const program of wanted.programs) {
      const mspIds = ORGANIZATIONS.map(({ mspId }) => mspId);
      const programs = startPrograms(program, mspIds, await Promise.all(mspIds.map(() => freePort())), devnet);
      started.push(programs);
      await programs.ready();
      const registering = mspIds.filter((mspId) => devnet.hasRegistered(mspId, program.name));
      const serving = Object.entries(programs.addresses).filter(([mspId]) => !registering.includes(mspId));
      await devnet.deploy({
        name: program.name,
        packageId: program.name,
        addresses: Object.fromEntries(serving),
        registering,
      });
    }
    for (const name of new Set(wanted.servers.map((server) => server.name))) {
      await deployServers(devnet, name, wanted);
    }
    for (const name of wanted.dialling) {
      const registering = ORGANIZATIONS.map(({ mspId }) => mspId);
      await devnet.deploy({ name, packageId: name, addresses: {}, registering });
    }
  } catch (error) {
    await close();
    throw error;
  }
  process.stdout.write(describeNetwork(devnet, { channel: CHANNEL, path, organizations: ORGANIZATIONS }));
  return { close };
}

async function deployServers(devnet: Devnet, name: string, { servers }: Arguments): Promise<void> {
  const addresses = servers
    .filter((server) => server.name === name)
    .flatMap(({ mspId, address }) =>
      (mspId === undefined ? ORGANIZATIONS.map((each) => each.mspId) : [mspId]).map((each) => [each, address] as const),
    );
  await devnet.deploy({ name, packageId: name, addresses: Object.fromEntries(addresses) });
}

/** Identities outlive the network, so that a wallet that was filled once stays right. */
async function ensureIdentities(path: string): Promise<void> {
  if (existsSync(join(path, 'peerOrganizations')) && existsSync(join(path, 'ordererOrganizations'))) {
    return;
  }
  for (const { path: file, content, mode } of await createIdentities(
    { orderer: ORDERER, organizations: ORGANIZATIONS },
    path,
  )) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode });
  }
}
