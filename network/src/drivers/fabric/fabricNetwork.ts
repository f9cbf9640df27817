/** A network of real Fabric processes that is up. */
import { join } from 'node:path';
import { ChaincodeFleet, portsForChaincode, type ChaincodeServers } from '../../chaincode/servers.js';
import { packChaincode } from '../../chaincode/package.js';
import {
  NetworkError,
  type ChaincodeSource,
  type Faults,
  type ProcessStatus,
  type RunningNetwork,
  type UserConnection,
} from '../../driver.js';
import { peerProcessName, type FabricPlan } from '../../expand.js';
import type { ExpansionContext } from '../../expand/environment.js';
import type { ChaincodePackage, LifecycleCommands } from '../../expand/lifecycle.js';
import { replaceFile } from '../../files.js';
import { PeerClient } from '../../gateway/peerClient.js';
import { waitUntilEndorsing } from '../../gateway/readiness.js';
import type { CommandResult, Supervisor } from '../../processes/supervisor.js';
import type { OrganizationSpec, Topology } from '../../topology.js';
import { connectionFor, findOrganization } from '../connections.js';

/** What `up` made. */
export interface FabricParts {
  readonly topology: Topology;
  readonly dataPath: string;
  readonly context: ExpansionContext;
  readonly plan: FabricPlan;
  readonly commands: LifecycleCommands;
  readonly supervisor: Supervisor;
  readonly report: (line: string) => void;
}

const says =
  (text: string) =>
  ({ output }: CommandResult): boolean =>
    output.includes(text);

/** See `RunningNetwork`. */
export class FabricNetwork implements RunningNetwork {
  readonly engine = 'fabric';
  readonly topology: Topology;
  readonly dataPath: string;
  readonly faults: Faults;
  readonly #parts: FabricParts;
  readonly #fleet: ChaincodeFleet;

  constructor(parts: FabricParts) {
    this.#parts = parts;
    this.topology = parts.topology;
    this.dataPath = parts.dataPath;
    this.#fleet = new ChaincodeFleet(parts.supervisor, { dataPath: parts.dataPath, baseEnv: parts.context.baseEnv });
    this.faults = {
      stopPeer: async (organization) => this.#peer(organization).kill(),
      startPeer: (organization) => this.#startPeer(organization),
      replaceChaincode: (organization, source) =>
        this.#fleet.run(findOrganization(this.topology, organization), source.name, source),
      restoreChaincode: (organization, name) => this.#fleet.run(findOrganization(this.topology, organization), name),
      restartChaincode: (organization, name) => this.#fleet.restart(findOrganization(this.topology, organization), name),
    };
  }

  async deploy(source: ChaincodeSource): Promise<void> {
    const { organizations } = this.topology;
    const { packageId, bytes } = packChaincode(source.name);
    const ports = await portsForChaincode(this.dataPath, organizations, source.name);
    const servers: ChaincodeServers = { source, packageId, ports };
    const path = join(this.dataPath, 'chaincode', `${source.name}.tgz`);
    await replaceFile(path, bytes);
    // The servers start while the definition goes round: each takes about as long as the other.
    const outcomes = await Promise.allSettled([
      this.#fleet.startAll(servers, organizations),
      this.#define({ name: source.name, packageId, path }),
    ]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    await waitUntilEndorsing(this.#administrators(organizations), source.name, { byPolicy: true });
    this.#parts.report(`chaincode ${source.name} is deployed: every gateway can endorse for every organisation`);
  }

  connectionFor(organization: string, user: string): UserConnection {
    return connectionFor({ ...this.#parts, ports: this.#parts.context.ports }, organization, user);
  }

  status(): Promise<readonly ProcessStatus[]> {
    return Promise.resolve(this.#parts.supervisor.status());
  }

  async blocks(organization: string): Promise<readonly Uint8Array[]> {
    const client = await PeerClient.open(this.connectionFor(organization, 'Admin'));
    try {
      return await client.blocks();
    } finally {
      client.close();
    }
  }

  async down(): Promise<void> {
    await this.#parts.supervisor.stopAll();
    this.#parts.report('all processes are stopped');
  }

  /** Installs, approves and commits, unless the channel has the definition from an earlier run. */
  async #define(chaincode: ChaincodePackage): Promise<void> {
    const { commands, supervisor } = this.#parts;
    const [first] = this.topology.organizations;
    if (first === undefined) return;
    const committed = await supervisor.run(commands.queryCommitted(first, chaincode));
    if (committed.exitCode === 0) return;
    await Promise.all(
      this.topology.organizations.map(async (organization) => {
        await supervisor.must(commands.install(organization, chaincode), says('already successfully installed'));
        await supervisor.must(commands.approve(organization, chaincode), says('with unchanged content'));
      }),
    );
    await supervisor.must(commands.commit(chaincode));
  }

  #administrators(organizations: readonly OrganizationSpec[]): readonly UserConnection[] {
    return organizations.map(({ name }) => this.connectionFor(name, 'Admin'));
  }

  #peer(organization: string): NonNullable<ReturnType<Supervisor['find']>> {
    const name = peerProcessName(findOrganization(this.topology, organization));
    const found = this.#parts.supervisor.find(name);
    if (found === undefined) throw new NetworkError(`Process ${name} was never started.`, { process: name });
    return found;
  }

  /** Starts a stopped peer and waits until it and all other running peers can endorse with each other again. */
  async #startPeer(organization: string): Promise<void> {
    await this.#parts.supervisor.start(this.#peer(organization).plan);
    const running = this.topology.organizations.filter(({ name }) => this.#peer(name).running);
    const connections = this.#administrators(running);
    for (const name of this.#fleet.names()) await waitUntilEndorsing(connections, name, { byPolicy: false });
  }
}
