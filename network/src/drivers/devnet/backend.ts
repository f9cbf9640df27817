/** The nodes of a network on devnet: one process that plays them all. */
import { NetworkError, type ProcessStatus } from '../../driver.js';
import { peerProcessName } from '../../expand.js';
import { portsOf } from '../../expand/environment.js';
import type { ManagedProcess } from '../../processes/managedProcess.js';
import type { OrganizationSpec } from '../../topology.js';
import type { Backend, ChaincodeDefinition } from '../backend.js';
import type { NetworkRecord } from '../dataFolder.js';
import type { AnswerMessage, CommandMessage, Commands } from './messages.js';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** See `Backend`. */
export class DevnetBackend implements Backend {
  readonly engine = 'devnet';
  readonly #record: NetworkRecord;
  readonly #process: ManagedProcess;
  readonly #defined = new Map<string, number>();
  readonly #stopped = new Set<string>();
  #sent = 0;

  constructor(record: NetworkRecord, devnet: ManagedProcess) {
    this.#record = record;
    this.#process = devnet;
  }

  /** Devnet takes a second definition of a name for an upgrade: a new program needs none. */
  async define({ name, packageId, addresses, terms }: ChaincodeDefinition): Promise<void> {
    const { endorsementPolicy, collections, version = '1', sequence = 1, initRequired = false } = terms;
    if ((this.#defined.get(name) ?? 0) >= sequence) return;
    const { organizations } = this.#record.topology;
    const byMspId = organizations.flatMap(({ name: host, mspId }) => {
      const address = addresses[host];
      return address === undefined ? [] : [[mspId, address] as const];
    });
    await this.#send('deploy', {
      ...{ name, packageId, version, initRequired, addresses: Object.fromEntries(byMspId) },
      ...(endorsementPolicy === undefined ? {} : { endorsementPolicy: base64(endorsementPolicy) }),
      ...(collections === undefined ? {} : { collections: base64(collections) }),
    });
    this.#defined.set(name, sequence);
  }

  async stopPeer({ name, mspId }: OrganizationSpec): Promise<void> {
    await this.#send('stopPeer', { mspId });
    this.#stopped.add(name);
  }

  async loseLedger({ name, mspId }: OrganizationSpec): Promise<void> {
    await this.#send('loseLedger', { mspId });
    this.#stopped.delete(name);
  }

  async startPeer({ name, mspId }: OrganizationSpec): Promise<void> {
    await this.#send('startPeer', { mspId });
    this.#stopped.delete(name);
  }

  peerIsRunning(organization: OrganizationSpec): boolean {
    return this.#process.running && !this.#stopped.has(organization.name);
  }

  parts(): readonly ProcessStatus[] {
    const { topology, ports } = this.#record;
    return topology.organizations.map((organization) => ({
      name: peerProcessName(organization),
      running: this.peerIsRunning(organization),
      address: `localhost:${String(portsOf(ports, organization).peer)}`,
    }));
  }

  /** Sends a command and waits for its answer. @throws NetworkError when it failed or the process ended */
  async #send<Name extends keyof Commands>(name: Name, argument: Commands[Name]): Promise<AnswerMessage> {
    this.#sent += 1;
    const id = this.#sent;
    const { channel, ended } = this.#process;
    const answered = new Promise<AnswerMessage>((resolve) => {
      const listen = (message: unknown): void => {
        const answer = message as AnswerMessage;
        if (answer.id !== id) return;
        channel.removeListener('message', listen);
        resolve(answer);
      };
      channel.on('message', listen);
    });
    const message: CommandMessage<Name> = { id, name, argument };
    channel.send(message);
    const outcome = await Promise.race([answered, ended]);
    if (typeof outcome === 'string') throw this.#process.failure();
    if (outcome.error !== undefined) {
      throw new NetworkError(`Devnet refused ${name}: ${outcome.error}`, { process: this.#process.plan.name });
    }
    return outcome;
  }
}
