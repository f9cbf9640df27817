/** Driver for devnet: one Node process that plays all peers and the orderer on Fabric's wire protocols. Its ledger lives as long as the process. */
import { resolve } from 'node:path';
import type { NetworkDriver, RunningNetwork, UpOptions } from '../../driver.js';
import { connectionProfiles } from '../../expand/connectionProfile.js';
import { portsOf } from '../../expand/environment.js';
import { writeFiles } from '../../files.js';
import { logPath } from '../../layout.js';
import type { ProcessPlan } from '../../plan.js';
import { baseEnvironment } from '../../processes/environment.js';
import { Supervisor } from '../../processes/supervisor.js';
import { DEVNET_PROGRAM } from '../../programs.js';
import type { Topology } from '../../topology.js';
import { prepareDataFolder, type NetworkRecord } from '../dataFolder.js';
import { LocalNetwork } from '../localNetwork.js';
import { DevnetBackend } from './backend.js';

const NAME = 'devnet';
/** Garbage of big messages makes V8 widen its nursery to 48 MB, which it then keeps. One of 2 MB saves 15 MB more than this and costs twice the time. */
const NURSERY = '--max-semi-space-size=8';

function devnetProcess(dataPath: string, { topology, ports }: NetworkRecord): ProcessPlan {
  const peers = topology.organizations.map((organization) => portsOf(ports, organization).peer);
  return {
    name: NAME,
    command: process.execPath,
    args: [NURSERY, DEVNET_PROGRAM, dataPath],
    cwd: dataPath,
    env: baseEnvironment(),
    logPath: logPath(dataPath, NAME),
    address: 'localhost',
    messages: true,
    ready: peers.map((port) => ({ kind: 'tcp', host: '127.0.0.1', port })),
  };
}

async function up(topology: Topology, options: UpOptions): Promise<RunningNetwork> {
  const report = options.onProgress ?? ((): void => undefined);
  const dataPath = resolve(options.dataPath);
  const record = await prepareDataFolder(topology, dataPath);
  await writeFiles(connectionProfiles(topology, { dataPath, ports: record.ports }));
  report(`identities and connection profiles are in ${dataPath}`);
  const supervisor = new Supervisor();
  try {
    const devnet = await supervisor.start(devnetProcess(dataPath, record));
    report(
      `devnet plays ${String(topology.organizations.length)} peers and the orderer on channel ${topology.channel}`,
    );
    return new LocalNetwork({ record, dataPath, supervisor, report, backend: new DevnetBackend(record, devnet) });
  } catch (cause) {
    await supervisor.stopAll();
    throw cause;
  }
}

/** Brings a topology up on devnet. */
export const devnetDriver: NetworkDriver = { engine: 'devnet', up };
