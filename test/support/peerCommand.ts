/**
 * Tenor by the `peer` command alone. A query gives the transient map, an invoke takes it:
 *
 *   peer chaincode query  … -c '{"Args":["command:open","{\"command\":\"certificate:submit\",\"request\":{…}}"]}' --transient '{"seed":"…"}'
 *   peer chaincode invoke … -c '{"Args":["certificate:submit","{…}"]}' --transient '<what the query gave>' --peerAddresses … --tlsRootCertFiles … --waitForEvent
 */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { RunningNetwork } from '@tenor/network';
import { must, run, type Ended } from './processes.js';

const NETWORK_CLI = resolve(__dirname, '../../network/dist/cli.js');
const CHAINCODE = 'tenor';

/** The transient map as `--transient` takes it: base64 by name. */
export type Transient = Readonly<Record<string, string>>;

/** A call as the command sends it: name, public request, private part. */
export interface PeerCall {
  readonly name: string;
  readonly request: object;
  readonly secret?: object;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What `command:open` needs to be given: a seed, and the private part where the transaction has one. */
export const givenFor = ({ secret }: PeerCall): Transient => ({
  seed: randomBytes(32).toString('base64'),
  ...(secret === undefined ? {} : { private: base64(JSON.stringify(secret)) }),
});

/** The `peer` command as one user. */
export class PeerCommand {
  readonly #network: RunningNetwork;
  readonly #program: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(network: RunningNetwork, program: string, env: Readonly<Record<string, string>>) {
    this.#network = network;
    this.#program = program;
    this.#env = env;
  }

  /** With exactly the variables that `npm run network -- env <organisation> --format peer` prints. */
  static async of(network: RunningNetwork, bin: string, organization: string, user: string): Promise<PeerCommand> {
    const which = [
      '--topology',
      network.topology.name,
      '--data',
      network.dataPath,
      '--user',
      user,
      '--format',
      'peer',
      '--json',
    ];
    const printed = await must(process.execPath, [NETWORK_CLI, 'env', organization, ...which]);
    return new PeerCommand(network, join(bin, 'peer'), JSON.parse(printed) as Record<string, string>);
  }

  /** The MSP id of the organisation. */
  get mspId(): string {
    return this.#env['CORE_PEER_LOCALMSPID'] ?? '';
  }

  /** `peer chaincode query` on one's own peer. */
  query(name: string, request: object, transient?: Transient): Promise<Ended> {
    return this.#run('query', [...this.#what(name, request), ...withTransient(transient)]);
  }

  /** As {@link query}, for a query that must succeed. @throws Error with what the command printed */
  async answer<Answer>(name: string, request: object, transient?: Transient): Promise<Answer> {
    return JSON.parse(succeeded(await this.query(name, request, transient)).stdout) as Answer;
  }

  /** What an invoke of this call has to take, as the chaincode says. */
  open(call: PeerCall, given = givenFor(call)): Promise<Transient> {
    return this.answer('command:open', { command: call.name, request: call.request }, given);
  }

  /** `peer chaincode invoke`, endorsed by exactly these organisations, until they have the block. */
  invoke(call: PeerCall, transient: Transient, endorsers: readonly string[]): Promise<Ended> {
    const { ORDERER_ADDRESS = '', ORDERER_HOST_ALIAS = '', ORDERER_CA = '' } = this.#env;
    const orderer = [
      '-o',
      ORDERER_ADDRESS,
      '--ordererTLSHostnameOverride',
      ORDERER_HOST_ALIAS,
      '--tls',
      '--cafile',
      ORDERER_CA,
    ];
    const targets = endorsers.flatMap((name) => {
      const { endpoint, tlsRootCertPath } = this.#network.connectionFor(name, 'Admin');
      return ['--peerAddresses', endpoint, '--tlsRootCertFiles', tlsRootCertPath];
    });
    const args = [
      ...orderer,
      ...this.#what(call.name, call.request),
      ...withTransient(transient),
      ...targets,
      '--waitForEvent',
    ];
    return this.#run('invoke', args);
  }

  /** Opens and invokes a call that must succeed. @throws Error with what the command printed */
  async submit(call: PeerCall, endorsers: readonly string[]): Promise<void> {
    succeeded(await this.invoke(call, await this.open(call), endorsers));
  }

  /** Blocks of the channel on one's own peer, as `peer channel getinfo` says. */
  async height(): Promise<number> {
    const printed = await must(this.#program, ['channel', 'getinfo', '-c', this.#network.topology.channel], {
      env: { ...this.#env },
    });
    return Number(/"height":(\d+)/.exec(printed)?.[1]);
  }

  /** The definition of the chaincode that the channel has committed. */
  async definition(): Promise<Readonly<Record<string, unknown>>> {
    const args = [
      'lifecycle',
      'chaincode',
      'querycommitted',
      '-C',
      this.#network.topology.channel,
      '-n',
      CHAINCODE,
      '-O',
      'json',
    ];
    return JSON.parse(await must(this.#program, args, { env: { ...this.#env } })) as Readonly<Record<string, unknown>>;
  }

  #what(name: string, request: object): readonly string[] {
    const input = { Args: [name, JSON.stringify(request)] };
    return ['-C', this.#network.topology.channel, '-n', CHAINCODE, '-c', JSON.stringify(input)];
  }

  #run(verb: 'query' | 'invoke', args: readonly string[]): Promise<Ended> {
    return run(this.#program, ['chaincode', verb, ...args], { env: { ...this.#env } });
  }
}

const withTransient = (transient: Transient | undefined): readonly string[] =>
  transient === undefined || Object.keys(transient).length === 0 ? [] : ['--transient', JSON.stringify(transient)];

function succeeded(ended: Ended): Ended {
  if (ended.code !== 0) throw new Error(`peer ended with ${String(ended.code)}:\n${ended.stdout}${ended.stderr}`);
  return ended;
}
