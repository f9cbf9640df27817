// The network of the command line: identities that are made or found, the peers, and the chaincodes it was given.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Devnet } from '../devnet.js';
import { freePort } from '../grpcServer.js';
import { createSigner } from '../engine.js';
import { messageOf } from '../messageOf.js';
import { readOrderer, readOrganization, readUser } from '../identities/read.js';
import { startDevnet } from '../index.js';
import type { DeployOptions, DevnetOptions } from '../options.js';
import type { Arguments } from './arguments.js';
import { describeNetwork } from './describe.js';
import { ensureIdentities } from './ensureIdentities.js';
import { initialize, type Initialization } from './initialize.js';
import { startPrograms, type RunningPrograms } from './programs.js';
import { samplesFiles } from './samplesFiles.js';
import { readTerms } from './terms.js';
import { writeFiles } from './write.js';

const CHANNEL = 'mychannel';
/** As in the samples, only sooner: nobody waits two seconds for a block. */
const BATCH = { timeoutMs: 200, maxMessageCount: 500, preferredMaxBytes: 2 * 1024 * 1024 };
const USERS = [
  { name: 'Admin', ou: 'admin' },
  { name: 'User1', ou: 'client' },
] as const;

const ORDERER = { mspId: 'OrdererMSP', domain: 'example.com', users: [] };
const ORDERER_HOST = `orderer.${ORDERER.domain}`;
const ORGANIZATIONS = [
  { mspId: 'Org1MSP', domain: 'org1.example.com', users: USERS },
  { mspId: 'Org2MSP', domain: 'org2.example.com', users: USERS },
] as const;
type Ports = Readonly<Record<string, number>>;
/** As the samples' test network has them, by MSP id: peers are known by their host names, although clients call localhost. */
const SAMPLES_PORTS: Ports = { Org1MSP: 7051, Org2MSP: 9051, OrdererMSP: 7050 };
/** Where chaincodes dial the peers. */
const SAMPLES_CHAINCODE_PORTS: Ports = { Org1MSP: 7052, Org2MSP: 9052 };

/** Where an organisation's chaincode is: at an address, by MSP id, or it dials the peer. */
type Places = Partial<Pick<DeployOptions, 'addresses' | 'registering'>>;

export interface RunningNetwork {
  close(): Promise<void>;
}

/** Starts all of it and prints how to connect. Rejects with nothing left running. */
export async function runNetwork(wanted: Arguments): Promise<RunningNetwork> {
  const path = resolve(wanted.directory, 'organizations');
  const terms = new Map<string, Awaited<ReturnType<typeof readTerms>>>();
  for (const [name, stated] of wanted.terms) {
    terms.set(name, await readTerms(stated));
  }
  await ensureIdentities(path, { orderer: ORDERER, organizations: ORGANIZATIONS });
  if (wanted.layout === 'fabric-samples') {
    await ensureSamplesFiles(path);
  }
  const devnet = await startDevnet(networkOptions(path, wanted.layout));
  const deploy = async (name: string, { addresses = {}, registering = [] }: Places): Promise<void> => {
    await devnet.deploy({ name, packageId: name, addresses, registering, ...terms.get(name) });
    const called = wanted.terms.get(name)?.init?.function;
    if (called !== undefined) {
      await initializeAs(devnet, path, {
        channel: CHANNEL,
        chaincode: name,
        function: called,
        endorsers: [...Object.keys(addresses), ...registering],
      });
    }
  };
  const started: RunningPrograms[] = [];
  const close = async (): Promise<void> => {
    started.forEach((programs) => {
      programs.stop();
    });
    await devnet.close();
  };
  const mspIds: readonly string[] = ORGANIZATIONS.map(({ mspId }) => mspId);
  try {
    for (const program of wanted.programs) {
      const programs = startPrograms(program, mspIds, await Promise.all(mspIds.map(() => freePort())), devnet);
      started.push(programs);
      await programs.ready();
      const registering = mspIds.filter((mspId) => devnet.hasRegistered(mspId, program.name));
      const serving = Object.entries(programs.addresses).filter(([mspId]) => !registering.includes(mspId));
      await deploy(program.name, { addresses: Object.fromEntries(serving), registering });
    }
    for (const name of new Set(wanted.servers.map((server) => server.name))) {
      await deploy(name, { addresses: addressesOf(name, wanted) });
    }
    for (const name of wanted.dialling) {
      await deploy(name, { registering: mspIds });
    }
  } catch (error) {
    await close();
    throw error;
  }
  process.stdout.write(
    describeNetwork(devnet, { channel: CHANNEL, path, orderer: ORDERER_HOST, organizations: ORGANIZATIONS }),
  );
  return { close };
}

/** The network of the identities in a folder; in the samples' layout, with the ports and names of theirs. */
function networkOptions(path: string, layout: Arguments['layout']): DevnetOptions {
  const at = (mspId: string, ports = SAMPLES_PORTS): { readonly port?: number } => {
    const port = layout === 'fabric-samples' ? ports[mspId] : undefined;
    return port === undefined ? {} : { port };
  };
  return {
    channel: CHANNEL,
    batch: BATCH,
    organizations: ORGANIZATIONS.map((organization) => {
      const found = readOrganization(path, { ...organization, ...at(organization.mspId) });
      const chaincodeListener = at(organization.mspId, SAMPLES_CHAINCODE_PORTS);
      return { ...found, ...named('externalEndpoint', found.hostAlias, found.port), chaincodeListener };
    }),
    orderer: {
      ...readOrderer(path, { ...ORDERER, ...at(ORDERER.mspId) }),
      ...named('endpoint', ORDERER_HOST, at(ORDERER.mspId).port),
    },
  };
}

/** host:port under a name, where the port is fixed. */
function named<K extends string>(key: K, host: string, port: number | undefined): Partial<Record<K, string>> {
  return port === undefined ? {} : ({ [key]: `${host}:${String(port)}` } as Partial<Record<K, string>>);
}

/** Where a chaincode runs already, by MSP id. */
function addressesOf(name: string, { servers }: Arguments): Readonly<Record<string, string>> {
  const addresses = servers
    .filter((server) => server.name === name)
    .flatMap(({ mspId, address }) =>
      (mspId === undefined ? ORGANIZATIONS.map((each) => each.mspId) : [mspId]).map((each) => [each, address] as const),
    );
  return Object.fromEntries(addresses);
}

/** As deployCC of the samples does: an administrator calls it, and every organisation that runs the chaincode endorses. */
async function initializeAs(devnet: Devnet, path: string, call: Initialization): Promise<void> {
  const [{ mspId, domain }] = ORGANIZATIONS;
  const signer = createSigner(readUser(path, { mspId, domain, name: 'Admin' }));
  await initialize({ client: devnet.inProcessClient(mspId), signer }, call).catch((cause: unknown) => {
    throw new Error(`${call.function} of chaincode ${call.chaincode} was refused: ${messageOf(cause)}`, { cause });
  });
}

/** What is there already stays: a test network of the samples may have made it. */
async function ensureSamplesFiles(path: string): Promise<void> {
  for (const organization of ORGANIZATIONS) {
    const port = SAMPLES_PORTS[organization.mspId] ?? 0;
    await writeFiles(samplesFiles(path, { ...organization, port }).filter((file) => !existsSync(file.path)));
  }
}
