/** A network that is up on this machine, whichever engine it runs on. */
import { packChaincode } from '../chaincode/package.js';
import { ChaincodeFleet, addressesForProgram, programOf } from '../chaincode/servers.js';
import {
  NetworkError,
  type ChaincodeSource,
  type ChaincodeTerms,
  type Faults,
  type ProcessStatus,
  type RunningNetwork,
  type UserConnection,
} from '../driver.js';
import { changeChannel, firstConfiguration, withOrganization, withoutOrganization } from '../channel/members.js';
import { readBlocks, readFirstBlock, readHeight, untilHeight } from '../gateway/blocks.js';
import { waitUntilEndorsing } from '../gateway/readiness.js';
import { baseEnvironment } from '../processes/environment.js';
import type { Supervisor } from '../processes/supervisor.js';
import type { OrganizationSpec, Topology } from '../topology.js';
import type { Backend } from './backend.js';
import { connectionFor, findOrganization } from './connections.js';
import type { NetworkRecord } from './dataFolder.js';

/** Fabric's own rule for chaincode names, so that devnet takes none that Fabric refuses. */
const CHAINCODE_NAME = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;

/** What a driver hands over once the nodes are up. */
export interface NetworkParts {
  readonly record: NetworkRecord;
  readonly dataPath: string;
  readonly backend: Backend;
  readonly supervisor: Supervisor;
  readonly report: (line: string) => void;
}

/** See `RunningNetwork`. */
export class LocalNetwork implements RunningNetwork {
  readonly engine: 'devnet' | 'fabric';
  readonly topology: Topology;
  readonly dataPath: string;
  readonly faults: Faults;
  readonly #parts: NetworkParts;
  readonly #fleet: ChaincodeFleet;
  /** Organisations that were taken off the channel since this network came up, by name. */
  readonly #left = new Set<string>();

  constructor(parts: NetworkParts) {
    this.#parts = parts;
    this.engine = parts.backend.engine;
    this.topology = parts.record.topology;
    this.dataPath = parts.dataPath;
    this.#fleet = new ChaincodeFleet(parts.supervisor, { dataPath: parts.dataPath, baseEnv: baseEnvironment() });
    this.faults = {
      stopPeer: (organization) => parts.backend.stopPeer(this.#find(organization)),
      startPeer: (...organizations) => this.#startPeers(organizations.map((name) => this.#find(name))),
      loseLedger: (organization) => this.#loseLedger(this.#find(organization)),
      replaceChaincode: (organization, source) => this.#fleet.run(this.#find(organization), source.name, source),
      restoreChaincode: (organization, name) => this.#fleet.run(this.#find(organization), name),
      restartChaincode: (organization, name) => this.#fleet.restart(this.#find(organization), name),
    };
  }

  async deploy(source: ChaincodeSource, terms: ChaincodeTerms = {}): Promise<void> {
    const { name } = source;
    if (!CHAINCODE_NAME.test(name)) {
      throw new NetworkError(
        `"${name}" is no chaincode name. Use letters and digits, with single - or _ between them.`,
      );
    }
    const members = this.#members();
    const hosts = terms.hosts?.map((each) => this.#find(each)) ?? members;
    const program = programOf(source);
    const { packageId, bytes } = packChaincode(program);
    const addresses = await addressesForProgram(this.dataPath, hosts, program);
    // The servers start while the definition goes round: each takes about as long as the other.
    const outcomes = await Promise.allSettled([
      this.#fleet.startAll({ source, packageId, addresses }, hosts),
      this.#parts.backend.define({ name, packageId, packageBytes: bytes, addresses, terms, members }),
    ]);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) {
      const reason = this.#parts.supervisor.diagnose(failed.reason);
      await this.#fleet.withdraw(name, hosts);
      throw reason;
    }
    // A policy of its own may be one that nobody can satisfy: that every host is known must do.
    await waitUntilEndorsing(this.#administrators(members), name, {
      byPolicy: terms.endorsementPolicy === undefined && terms.hosts === undefined,
      hosts: hosts.map(({ mspId }) => mspId),
    });
    this.#parts.report(`chaincode ${name} is deployed: every gateway can have it endorsed by every host`);
  }

  withdraw(name: string): Promise<void> {
    return this.#fleet.withdraw(name, this.topology.organizations);
  }

  connectionFor(organization: string, user: string): UserConnection {
    const { record, dataPath } = this.#parts;
    return connectionFor({ ...record, dataPath }, organization, user);
  }

  async removeOrganization(name: string): Promise<void> {
    const leaving = this.#find(name);
    const staying = this.#members().filter((each) => each !== leaving);
    await changeChannel({
      // Whoever leaves is asked last.
      administrators: this.#administrators([...staying, leaving]),
      peers: this.#administrators(this.#running(staying)),
      update: (config, channel) => withoutOrganization(config, channel, leaving.mspId),
    });
    this.#left.add(name);
    this.#parts.report(`${leaving.mspId} is off channel ${this.topology.channel}`);
  }

  async addOrganization(name: string): Promise<void> {
    const coming = this.#find(name);
    const there = this.#members();
    const [informant] = this.#administrators(this.#running(there));
    if (informant === undefined) throw new NetworkError('No peer runs that could say what the channel was.');
    const first = firstConfiguration(await readFirstBlock(informant));
    await changeChannel({
      administrators: this.#administrators(there),
      peers: this.#administrators(this.#running([...there.filter((each) => each !== coming), coming])),
      update: (config, channel) => withOrganization(config, channel, { mspId: coming.mspId, first }),
    });
    this.#left.delete(name);
    await this.#untilEndorsing();
    this.#parts.report(`${coming.mspId} is on channel ${this.topology.channel}`);
  }

  status(): Promise<readonly ProcessStatus[]> {
    const { supervisor, backend } = this.#parts;
    return Promise.resolve([...supervisor.status(), ...backend.parts()]);
  }

  blocks(organization: string): Promise<readonly Uint8Array[]> {
    return readBlocks(this.connectionFor(organization, 'Admin'));
  }

  async down(): Promise<void> {
    await this.#parts.supervisor.stopAll();
    this.#parts.report('all processes are stopped');
  }

  #find(organization: string): OrganizationSpec {
    return findOrganization(this.topology, organization);
  }

  #administrators(organizations: readonly OrganizationSpec[]): readonly UserConnection[] {
    return organizations.map(({ name }) => this.connectionFor(name, 'Admin'));
  }

  #running(organizations: readonly OrganizationSpec[]): readonly OrganizationSpec[] {
    return organizations.filter((each) => this.#parts.backend.peerIsRunning(each));
  }

  /** The organisations on the channel. */
  #members(): readonly OrganizationSpec[] {
    return this.topology.organizations.filter(({ name }) => !this.#left.has(name));
  }

  async #startPeers(organizations: readonly OrganizationSpec[]): Promise<void> {
    for (const organization of organizations) await this.#parts.backend.startPeer(organization);
    await this.#untilEndorsing();
  }

  async #loseLedger(organization: OrganizationSpec): Promise<void> {
    const others = this.#running(this.#members()).filter((each) => each !== organization);
    const [own] = this.#administrators([organization]);
    const caughtUp = async (): Promise<void> => {
      const heights = await Promise.all(this.#administrators(others).map(readHeight));
      if (own !== undefined) await untilHeight(own, Math.max(0, ...heights));
    };
    const chaincodes = this.#fleet.names().filter((name) => organization.name in this.#fleet.deployed(name).addresses);
    await this.#parts.backend.loseLedger(organization, { chaincodes, caughtUp });
    await this.#untilEndorsing();
  }

  /** Waits until all running peers on the channel can endorse with each other. */
  async #untilEndorsing(): Promise<void> {
    const running = this.#running(this.#members());
    for (const name of this.#fleet.names()) {
      const { addresses } = this.#fleet.deployed(name);
      const hosts = running.filter((each) => each.name in addresses).map(({ mspId }) => mspId);
      await waitUntilEndorsing(this.#administrators(running), name, { byPolicy: false, hosts });
    }
  }
}
