/** Turns a topology, its ports and folders into files and processes. Pure: it reads and writes nothing. */
import { join } from 'node:path';
import { builderFiles } from './expand/builder.js';
import { configtx, PROFILE } from './expand/configtx.js';
import { connectionProfiles } from './expand/connectionProfile.js';
import { ordererEnvironment, peerEnvironment, portsOf, type ExpansionContext } from './expand/environment.js';
import { configPath, genesisBlockPath, logPath } from './layout.js';
import type { CommandPlan, PlannedFile, Probe, ProcessPlan } from './plan.js';
import type { OrganizationSpec, Topology } from './topology.js';

/** Everything that a network on real Fabric consists of. */
export interface FabricPlan {
  readonly files: readonly PlannedFile[];
  /** Writes the first block of the channel. */
  readonly genesis: CommandPlan;
  readonly orderer: ProcessPlan;
  /** In the order of the topology. */
  readonly peers: readonly ProcessPlan[];
}

// Fabric's nodes call themselves healthy a moment before their other ports are open.
const healthyAndListening = (operations: number, others: readonly number[]): readonly Probe[] => [
  { kind: 'http', url: `http://127.0.0.1:${String(operations)}/healthz` },
  ...others.map((port): Probe => ({ kind: 'tcp', host: '127.0.0.1', port })),
];

/** Name of an organisation's peer process. */
export const peerProcessName = (organization: OrganizationSpec): string => `peer-${organization.name}`;

function ordererProcess(topology: Topology, context: ExpansionContext): ProcessPlan {
  const { dataPath, fabric, ports } = context;
  return {
    name: 'orderer',
    command: join(fabric.bin, 'orderer'),
    args: [],
    cwd: dataPath,
    env: ordererEnvironment(topology, context),
    logPath: logPath(dataPath, 'orderer'),
    address: `localhost:${String(ports.orderer.general)}`,
    ready: healthyAndListening(ports.orderer.operations, [ports.orderer.general, ports.orderer.admin]),
  };
}

function peerProcess(topology: Topology, organization: OrganizationSpec, context: ExpansionContext): ProcessPlan {
  const { dataPath, fabric } = context;
  const ports = portsOf(context.ports, organization);
  const name = peerProcessName(organization);
  return {
    name,
    command: join(fabric.bin, 'peer'),
    args: ['node', 'start'],
    cwd: dataPath,
    env: peerEnvironment(topology, organization, context),
    logPath: logPath(dataPath, name),
    address: `localhost:${String(ports.peer)}`,
    ready: healthyAndListening(ports.operations, [ports.peer]),
  };
}

function genesisCommand(topology: Topology, context: ExpansionContext): CommandPlan {
  const { dataPath, fabric, baseEnv } = context;
  const args = [
    ...['-configPath', configPath(dataPath), '-profile', PROFILE, '-channelID', topology.channel],
    ...['-outputBlock', genesisBlockPath(dataPath, topology.channel)],
  ];
  return { name: 'configtxgen', command: join(fabric.bin, 'configtxgen'), args, cwd: dataPath, env: baseEnv };
}

/** Expands a topology for real Fabric. */
export function expand(topology: Topology, context: ExpansionContext): FabricPlan {
  const { dataPath } = context;
  const channelConfig: PlannedFile = {
    path: join(configPath(dataPath), 'configtx.yaml'),
    content: `${JSON.stringify(configtx(topology, context), null, 2)}\n`,
    mode: 0o644,
  };
  return {
    files: [channelConfig, ...builderFiles(dataPath), ...connectionProfiles(topology, context)],
    genesis: genesisCommand(topology, context),
    orderer: ordererProcess(topology, context),
    peers: topology.organizations.map((organization) => peerProcess(topology, organization, context)),
  };
}
