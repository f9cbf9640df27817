/** Driver for real Fabric: peers and one Raft ordering node as plain processes, without Docker. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { NetworkError, type NetworkDriver, type RunningNetwork, type UpOptions } from '../../driver.js';
import { expand, type FabricPlan } from '../../expand.js';
import type { ExpansionContext } from '../../expand/environment.js';
import { lifecycleCommands, type LifecycleCommands } from '../../expand/lifecycle.js';
import { writeFiles } from '../../files.js';
import { genesisBlockPath } from '../../layout.js';
import { baseEnvironment } from '../../processes/environment.js';
import { readable } from '../../processes/log.js';
import { Supervisor, type CommandResult } from '../../processes/supervisor.js';
import type { Topology } from '../../topology.js';
import { prepareDataFolder } from '../dataFolder.js';
import { FabricNetwork } from './fabricNetwork.js';
import { requireFabric } from './installation.js';

const joinedBefore = ({ output }: CommandResult): boolean => output.includes('already exists');

/** The command ends with exit code 0 even when the node refused: what counts is the HTTP status it prints. */
async function joinOrderer(supervisor: Supervisor, commands: LifecycleCommands): Promise<void> {
  const command = commands.joinOrderer();
  const result = await supervisor.run(command);
  if (result.output.includes('Status: 201') || joinedBefore(result)) return;
  const logTail = readable(result.output);
  throw new NetworkError(`${command.name} failed:\n${logTail}`, { process: 'orderer', logTail });
}

async function startNodes(supervisor: Supervisor, plan: FabricPlan, topology: Topology, dataPath: string): Promise<void> {
  const genesis = existsSync(genesisBlockPath(dataPath, topology.channel)) ? undefined : supervisor.must(plan.genesis);
  await Promise.all([genesis, ...[plan.orderer, ...plan.peers].map((node) => supervisor.start(node))]);
}

async function up(topology: Topology, options: UpOptions): Promise<RunningNetwork> {
  const report = options.onProgress ?? ((): void => undefined);
  const dataPath = resolve(options.dataPath);
  const fabric = requireFabric(options.fabricBin);
  const record = await prepareDataFolder('fabric', topology, dataPath);
  const context: ExpansionContext = { dataPath, ports: record.ports, fabric, baseEnv: baseEnvironment() };
  const plan = expand(topology, context);
  const commands = lifecycleCommands(topology, context);
  await writeFiles(plan.files);
  report(`identities and configuration are in ${dataPath}`);
  const supervisor = new Supervisor();
  try {
    await startNodes(supervisor, plan, topology, dataPath);
    report(`orderer and ${String(plan.peers.length)} peers are running`);
    await joinOrderer(supervisor, commands);
    await Promise.all(
      topology.organizations.map((organization) => supervisor.must(commands.joinPeer(organization), joinedBefore)),
    );
    report(`all peers are on channel ${topology.channel}`);
  } catch (cause) {
    await supervisor.stopAll();
    throw cause;
  }
  return new FabricNetwork({ topology, dataPath, context, plan, commands, supervisor, report });
}

/** Brings a topology up on real Fabric. */
export const fabricDriver: NetworkDriver = { engine: 'fabric', up };
