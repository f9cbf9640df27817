/** Driver for real Fabric: peers and one Raft ordering node as plain processes, without Docker. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { NetworkError, type NetworkDriver, type RunningNetwork, type UpOptions } from '../../driver.js';
import { expand, type FabricPlan } from '../../expand.js';
import { accessOf } from '../../expand/access.js';
import type { ExpansionContext } from '../../expand/environment.js';
import { lifecycleCommands, type LifecycleCommands } from '../../expand/lifecycle.js';
import { writeFiles } from '../../files.js';
import { genesisBlockPath } from '../../layout.js';
import { baseEnvironment } from '../../processes/environment.js';
import { readable } from '../../processes/log.js';
import { Supervisor, type CommandResult } from '../../processes/supervisor.js';
import type { Topology } from '../../topology.js';
import { prepareDataFolder, type NetworkRecord } from '../dataFolder.js';
import { LocalNetwork } from '../localNetwork.js';
import { FabricBackend } from './backend.js';
import { requireFabric } from './installation.js';

const joinedBefore = ({ output }: CommandResult): boolean => output.includes('already exists');

/** The command ends with exit code 0 even if the node refused, so the HTTP status that it prints is checked. */
async function joinOrderer(supervisor: Supervisor, commands: LifecycleCommands): Promise<void> {
  const command = commands.joinOrderer();
  const result = await supervisor.run(command);
  if (result.output.includes('Status: 201') || joinedBefore(result)) return;
  const logTail = readable(result.output);
  throw new NetworkError(`${command.name} failed:\n${logTail}`, { process: 'orderer', logTail });
}

interface Bringing {
  readonly record: NetworkRecord;
  readonly topology: Topology;
  readonly dataPath: string;
  readonly plan: FabricPlan;
  readonly commands: LifecycleCommands;
  readonly supervisor: Supervisor;
  readonly report: (line: string) => void;
}

async function startNodes({ topology, dataPath, plan, supervisor, report }: Bringing): Promise<void> {
  const genesis = existsSync(genesisBlockPath(dataPath, topology.channel)) ? undefined : supervisor.must(plan.genesis);
  await Promise.all([genesis, ...[plan.orderer, ...plan.peers].map((node) => supervisor.start(node))]);
  report(`orderer and ${String(plan.peers.length)} peers are running`);
}

async function joinChannel({ topology, commands, supervisor, report }: Bringing): Promise<void> {
  await joinOrderer(supervisor, commands);
  const joins = topology.organizations.map((each) => supervisor.must(commands.joinPeer(each), joinedBefore));
  await Promise.all(joins);
  report(`all peers are on channel ${topology.channel}`);
}

async function up(topology: Topology, options: UpOptions): Promise<RunningNetwork> {
  const report = options.onProgress ?? ((): void => undefined);
  const dataPath = resolve(options.dataPath);
  accessOf(topology); // what can never work is refused first, whether Fabric is installed or not
  const fabric = requireFabric(options.fabricBin);
  const record = await prepareDataFolder(topology, dataPath);
  const context: ExpansionContext = { dataPath, ports: record.ports, fabric, baseEnv: baseEnvironment() };
  const plan = expand(topology, context);
  await writeFiles(plan.files);
  report(`identities and configuration are in ${dataPath}`);
  const supervisor = new Supervisor();
  const commands = lifecycleCommands(topology, context);
  const bringing: Bringing = { record, topology, dataPath, plan, commands, supervisor, report };
  try {
    await startNodes(bringing);
    await joinChannel(bringing);
  } catch (cause) {
    const reason = supervisor.diagnose(cause);
    await supervisor.stopAll();
    throw reason;
  }
  return new LocalNetwork({ record, dataPath, supervisor, report, backend: new FabricBackend(bringing) });
}

/** Brings a topology up on real Fabric. */
export const fabricDriver: NetworkDriver = { engine: 'fabric', up };
