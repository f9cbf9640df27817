/** The nodes of a network of real Fabric processes. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkError } from '../../driver.js';
import { peerProcessName } from '../../expand.js';
import type { ChaincodePackage, LifecycleCommands } from '../../expand/lifecycle.js';
import { collectionsFile } from '../../expand/terms.js';
import { replaceFile } from '../../files.js';
import { ledgerPath } from '../../layout.js';
import type { ManagedProcess } from '../../processes/managedProcess.js';
import type { CommandResult, Supervisor } from '../../processes/supervisor.js';
import type { OrganizationSpec } from '../../topology.js';
import type { Backend, ChaincodeDefinition, SettingUp } from '../backend.js';
import type { NetworkRecord } from '../dataFolder.js';

const says =
  (text: string) =>
  ({ output }: CommandResult): boolean =>
    output.includes(text);

/** Sequence of the committed definition; 0 when there is none. */
const sequenceOf = ({ exitCode, output }: CommandResult): number =>
  exitCode === 0 ? Number(/Sequence: (\d+)/.exec(output)?.[1]) : 0;

/** As docs/operators.md says for a peer that takes all blocks again. */
const NO_WAITING = { CORE_PEER_GOSSIP_PVTDATA_PULLRETRYTHRESHOLD: '0s' } as const;

/** What the backend works with. */
export interface FabricParts {
  readonly record: NetworkRecord;
  readonly dataPath: string;
  readonly commands: LifecycleCommands;
  readonly supervisor: Supervisor;
}

/** See `Backend`. */
export class FabricBackend implements Backend {
  readonly engine = 'fabric';
  readonly #parts: FabricParts;
  readonly #packages = new Map<string, ChaincodePackage>();
  /** Package ids with the organisation whose peer has them. */
  readonly #installed = new Set<string>();

  constructor(parts: FabricParts) {
    this.#parts = parts;
  }

  /** Installs, approves and commits, unless the channel has the definition from an earlier run. */
  async define({ name, packageId, packageBytes, terms, members }: ChaincodeDefinition): Promise<void> {
    const { commands, supervisor, dataPath } = this.#parts;
    const { hosts, collections, sequence = 1 } = terms;
    const path = join(dataPath, 'chaincode', `${name}.tgz`);
    const collectionsPath = join(dataPath, 'chaincode', `${name}.collections.json`);
    const chaincode = { name, packageId, path, terms, collectionsPath };
    this.#packages.set(name, chaincode);
    const [asked] = members;
    if (asked !== undefined && sequenceOf(await supervisor.run(commands.queryCommitted(asked, name))) >= sequence)
      return;
    await replaceFile(path, packageBytes);
    if (collections !== undefined) await replaceFile(collectionsPath, collectionsFile(collections));
    await Promise.all(
      members.map(async (organization) => {
        if (hosts?.includes(organization.name) ?? true) await this.#install(organization, chaincode);
        await supervisor.must(commands.approve(organization, chaincode), says('with unchanged content'));
      }),
    );
    await supervisor.must(commands.commit(members, chaincode));
  }

  async #install(organization: OrganizationSpec, chaincode: ChaincodePackage): Promise<void> {
    const { commands, supervisor } = this.#parts;
    const installation = `${chaincode.packageId} ${organization.name}`;
    if (this.#installed.has(installation)) return;
    await supervisor.must(commands.install(organization, chaincode), says('already successfully installed'));
    this.#installed.add(installation);
  }

  /** Kills the peer: the hardest way to lose it. */
  async stopPeer(organization: OrganizationSpec): Promise<void> {
    await this.#peer(organization).kill();
  }

  /** While it takes the old blocks again it does not wait, in each, for private values that nobody else has. */
  async loseLedger(organization: OrganizationSpec, { chaincodes, caughtUp }: SettingUp): Promise<void> {
    const { commands, supervisor, dataPath } = this.#parts;
    const peer = this.#peer(organization);
    await peer.kill();
    await rm(ledgerPath(dataPath, peer.plan.name), { recursive: true, force: true });
    const hasty = await supervisor.start({ ...peer.plan, env: { ...peer.plan.env, ...NO_WAITING } });
    await supervisor.must(commands.joinPeer(organization));
    for (const name of chaincodes) {
      const chaincode = this.#packages.get(name);
      if (chaincode === undefined) continue;
      this.#installed.delete(`${chaincode.packageId} ${organization.name}`);
      await this.#install(organization, chaincode);
    }
    await caughtUp();
    await hasty.stop();
    await supervisor.start(peer.plan);
  }

  async startPeer(organization: OrganizationSpec): Promise<void> {
    await this.#parts.supervisor.start(this.#peer(organization).plan);
  }

  peerIsRunning(organization: OrganizationSpec): boolean {
    return this.#peer(organization).running;
  }

  parts(): readonly [] {
    return [];
  }

  #peer(organization: OrganizationSpec): ManagedProcess {
    const name = peerProcessName(organization);
    const found = this.#parts.supervisor.find(name);
    if (found === undefined) throw new NetworkError(`Process ${name} was never started.`, { process: name });
    return found;
  }
}
