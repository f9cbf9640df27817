/** Runs chaincode as plain processes, one for each organisation, so that no organisation runs another's code. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkError, type ChaincodeSource } from '../driver.js';
import { replaceFile } from '../files.js';
import { chaincodeAddressesPath, logPath } from '../layout.js';
import type { ProcessPlan } from '../plan.js';
import type { ManagedProcess } from '../processes/managedProcess.js';
import { freePort } from '../processes/ports.js';
import type { Supervisor } from '../processes/supervisor.js';
import type { OrganizationSpec } from '../topology.js';
import { labelOf } from './package.js';

const HOST = '127.0.0.1';

/** Addresses and package ids of the servers of one chaincode. */
export interface ChaincodeServers {
  readonly source: ChaincodeSource;
  readonly packageId: string;
  /** `host:port` of each server, by organisation name. */
  readonly addresses: Readonly<Record<string, string>>;
}

interface Surroundings {
  readonly dataPath: string;
  readonly baseEnv: Readonly<Record<string, string>>;
}

/** Name of the program of a chaincode. */
export const programOf = ({ program, name }: ChaincodeSource): string => program ?? name;

/** Name of one organisation's process. */
const chaincodeProcessName = (program: string, organization: OrganizationSpec): string =>
  `chaincode-${program}-${organization.name}`;

async function recordedAddress(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** The address of one organisation's server: the recorded one, which its peer has built in, or a new one, then recorded. */
async function addressFor(dataPath: string, organization: OrganizationSpec, program: string): Promise<string> {
  const path = join(chaincodeAddressesPath(dataPath, organization), labelOf(program));
  const recorded = await recordedAddress(path);
  if (recorded !== undefined) return recorded;
  const address = `${HOST}:${String(await freePort())}`;
  await replaceFile(path, `${address}\n`);
  return address;
}

/** Chooses, or finds again, where the servers of a program listen. By organisation name. */
export async function addressesForProgram(
  dataPath: string,
  organizations: readonly OrganizationSpec[],
  program: string,
): Promise<Readonly<Record<string, string>>> {
  const entries = organizations.map(
    async (organization) => [organization.name, await addressFor(dataPath, organization, program)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Starts, replaces and restarts the chaincode processes of a network. */
export class ChaincodeFleet {
  readonly #supervisor: Supervisor;
  readonly #surroundings: Surroundings;
  readonly #deployed = new Map<string, ChaincodeServers>();

  constructor(supervisor: Supervisor, surroundings: Surroundings) {
    this.#supervisor = supervisor;
    this.#surroundings = surroundings;
  }

  /** Runs a chaincode for each organisation, in place of an older program of that name, or on the program that it shares. */
  async startAll(servers: ChaincodeServers, organizations: readonly OrganizationSpec[]): Promise<void> {
    const { source } = servers;
    this.#deployed.set(source.name, servers);
    const idle =
      source.program === undefined
        ? organizations
        : organizations.filter((each) => this.#processOf(source, each)?.running !== true);
    await Promise.all(idle.map((organization) => this.run(organization, source.name)));
  }

  /** Stops the servers of a chaincode, unless it shares them, and forgets it. @throws NetworkError when nothing was deployed under the name */
  async withdraw(name: string, organizations: readonly OrganizationSpec[]): Promise<void> {
    const { source } = this.deployed(name);
    this.#deployed.delete(name);
    if (source.program !== undefined) return;
    const processes = organizations.map((each) => this.#processOf(source, each)).filter((each) => each !== undefined);
    await Promise.all(processes.map((each) => each.stop()));
  }

  /** Runs one organisation's server: the deployed program, or another one under the same package id. */
  async run(organization: OrganizationSpec, name: string, source?: ChaincodeSource): Promise<void> {
    const servers = this.deployed(name);
    const plan = this.#plan(organization, servers, source ?? servers.source);
    await this.#supervisor.find(plan.name)?.stop();
    await this.#supervisor.start(plan);
  }

  /** Kills one organisation's server and starts it again with the program it ran. */
  async restart(organization: OrganizationSpec, name: string): Promise<void> {
    const running = this.#processOf(this.deployed(name).source, organization);
    if (running === undefined) throw this.#unknown(name);
    await running.kill();
    await this.#supervisor.start(running.plan);
  }

  /** What was deployed under a name. @throws NetworkError when nothing was */
  deployed(name: string): ChaincodeServers {
    const servers = this.#deployed.get(name);
    if (servers === undefined) throw this.#unknown(name);
    return servers;
  }

  /** Names of all deployed chaincodes. */
  names(): readonly string[] {
    return [...this.#deployed.keys()];
  }

  #processOf(source: ChaincodeSource, organization: OrganizationSpec): ManagedProcess | undefined {
    return this.#supervisor.find(chaincodeProcessName(programOf(source), organization));
  }

  #unknown(name: string): NetworkError {
    return new NetworkError(`No chaincode ${name} is deployed.`);
  }

  #plan(organization: OrganizationSpec, servers: ChaincodeServers, source: ChaincodeSource): ProcessPlan {
    const address = servers.addresses[organization.name];
    if (address === undefined)
      throw new NetworkError(`Chaincode ${source.name} has no server for ${organization.name}.`);
    const name = chaincodeProcessName(programOf(servers.source), organization);
    const { dataPath, baseEnv } = this.#surroundings;
    return {
      name,
      command: source.command,
      args: source.args,
      cwd: source.cwd,
      env: {
        ...baseEnv,
        CORE_PEER_LOCALMSPID: organization.mspId,
        CHAINCODE_SERVER_ADDRESS: address,
        CHAINCODE_ID: servers.packageId,
        ...source.env,
      },
      logPath: logPath(dataPath, name),
      address,
      ready: [{ kind: 'tcp', host: HOST, port: Number(address.split(':').at(-1)) }],
    };
  }
}
