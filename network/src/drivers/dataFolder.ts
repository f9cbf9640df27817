/** The data folder of a network: its record, its identities and its ports, made once and found again at the next start. */
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkError } from '../driver.js';
import { accessOf } from '../expand/access.js';
import { replaceFile, writeFiles } from '../files.js';
import { organizationsPath, recordPath } from '../layout.js';
import type { NetworkPorts, OrdererPorts, PeerPorts } from '../plan.js';
import { freePort } from '../processes/ports.js';
import type { OrganizationSpec, Topology } from '../topology.js';
import { ensureUsable } from './usableFolder.js';

/** What `network.json` in the data folder says. It does not name the engine: identities and ports serve either. */
export interface NetworkRecord {
  readonly topology: Topology;
  readonly ports: NetworkPorts;
}

const ordererPorts = async (topology: Topology): Promise<OrdererPorts> =>
  topology.orderer.ports ?? { general: await freePort(), admin: await freePort(), operations: await freePort() };

const peerPorts = async (organization: OrganizationSpec): Promise<PeerPorts> =>
  organization.ports ?? { peer: await freePort(), chaincode: await freePort(), operations: await freePort() };

async function choosePorts(topology: Topology): Promise<NetworkPorts> {
  const organizations = topology.organizations.map(
    async (organization) => [organization.name, await peerPorts(organization)] as const,
  );
  return { orderer: await ordererPorts(topology), organizations: Object.fromEntries(await Promise.all(organizations)) };
}

/** Reads the record of an earlier run, if there is one. @throws NetworkError when it cannot be understood */
export async function readRecord(dataPath: string): Promise<NetworkRecord | undefined> {
  const path = recordPath(dataPath);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8')) as NetworkRecord;
  } catch (cause) {
    throw new NetworkError(`${path} cannot be read. Remove the folder ${dataPath} and start again.`, { cause });
  }
}

function assertSame(record: NetworkRecord, topology: Topology, dataPath: string): void {
  if (JSON.stringify(record.topology) === JSON.stringify(topology)) return;
  const held = record.topology.name;
  throw new NetworkError(`${dataPath} holds another network (${held}). Use another folder, or remove this one.`);
}

// The folder is written under another name and then renamed, so that a folder of identities is complete or does not exist.
async function ensureIdentities(topology: Topology, dataPath: string): Promise<void> {
  const target = organizationsPath(dataPath);
  if (existsSync(target)) return;
  const part = join(dataPath, 'organizations.part');
  await rm(part, { recursive: true, force: true });
  // Loaded where it is needed: every command comes by here, few make identities, and what signs certificates is large.
  const { createIdentities } = await import('../identity/organizations.js');
  await writeFiles(await createIdentities(topology, part));
  await rename(organizationsPath(part), target);
  await rm(part, { recursive: true, force: true });
}

/**
 * Prepares a data folder: chooses ports and makes identities, or takes those of the earlier run.
 * @throws NetworkError when the folder belongs to another topology; UsageError when nothing can be written there, or when
 * the topology's books cannot be closed
 */
export async function prepareDataFolder(topology: Topology, dataPath: string): Promise<NetworkRecord> {
  accessOf(topology);
  const earlier = await readRecord(dataPath);
  if (earlier !== undefined) assertSame(earlier, topology, dataPath);
  await ensureUsable(dataPath);
  const record = earlier ?? { topology, ports: await choosePorts(topology) };
  // First of all, so that whatever an interrupted start left behind is known to belong to this topology.
  if (earlier === undefined) await replaceFile(recordPath(dataPath), `${JSON.stringify(record, null, 2)}\n`);
  await ensureIdentities(topology, dataPath);
  return record;
}
