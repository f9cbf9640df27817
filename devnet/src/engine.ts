// The whole network in one process, without any server: peers, orderer, chain, and in-process access for clients and chaincodes.
import { createPrivateKey } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Client } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { dialChaincode, type ChaincodeLink, type ConnectChaincode } from './chaincode/link.js';
import type { Network } from './gateway/network.js';
import { createPeerService, type PeerService } from './gateway/service.js';
import { genesisEnvelope } from './configuration/genesis.js';
import { signLowS } from './identity/ecdsa.js';
import { serializeIdentity } from './identity/serialized.js';
import { createInProcessClient } from './inProcessClient.js';
import { Chain, type CommittedBlock } from './ledger/chain.js';
import { TxCode } from './ledger/transaction.js';
import { definitionEnvelope, nextDefinition } from './lifecycle.js';
import type { ChaincodeDefinitionOptions, DeployOptions, EngineOptions, InProcessDeployOptions } from './options.js';
import { assembleBlock, BlockWriter, type Signer } from './orderer/blockWriter.js';
import { Orderer } from './orderer/orderer.js';
import { PEER_STEPS, type PeerFaults, type PeerStep } from './peer/faults.js';
import { Peer } from './peer/peer.js';
import { recordBlocks, type RecordedBlock } from './recording.js';
import { createScheduler } from './scheduler.js';

const EXECUTE_TIMEOUT_MS = 30_000;
const ENDORSEMENT_TIMEOUT_MS = 30_000;
/** How long a peer whose simulations hold up its commit keeps the others from announcing theirs. */
const LAG_MAX_MS = 250;

/** A network in this process. Methods that take an MSP id throw when no organisation has it. */
export interface Engine {
  /** Number of blocks of the chain. */
  readonly height: number;
  /** Defines a chaincode whose servers run elsewhere; resolves when every running peer has the definition. */
  deploy(options: DeployOptions): Promise<void>;
  /** Defines a chaincode that is reached over links in this process. */
  deployInProcess(options: InProcessDeployOptions): Promise<void>;
  /** From now on this organisation's peer runs the chaincode at another address. */
  setChaincodeAddress(mspId: string, name: string, address: string): void;
  /** From now on this organisation's peer runs the chaincode behind another link. */
  setChaincodeLink(mspId: string, name: string, connect: () => ChaincodeLink): void;
  /** Stops a peer: it refuses every call, endorses nothing and commits nothing. */
  stopPeer(mspId: string): Promise<void>;
  /** Starts it again; resolves when it has caught up. */
  startPeer(mspId: string): Promise<void>;
  /** The peer loses all that it has stored, and starts anew: it commits every block again, without the private values that nobody else has. */
  loseLedger(mspId: string): Promise<void>;
  /** What is wrong with the organisation's peer from now on; {} puts all right again. */
  setFaults(mspId: string, faults: PeerFaults): Promise<void>;
  /** Lets the peer crash before it takes this step for the n-th time (the first when left out). `startPeer` brings it back. */
  crashAt(mspId: string, step: PeerStep, occurrence?: number): void;
  /** The same at a step and an occurrence (up to the tenth) drawn from the engine's seed. */
  crashSomewhere(mspId: string): { readonly step: PeerStep; readonly occurrence: number };
  /** The channel's configuration: a serialized common.Config. */
  readonly configuration: Uint8Array;
  /**
   * Has an update of the configuration ordered: the common.Envelope that administrators signed, serialized. Resolves when every
   * running peer on the channel has the new one. Throws with what the ordering service says.
   */
  configure(update: Uint8Array): Promise<void>;
  /** While the orderer is not available, nobody can submit. */
  setOrdererAvailable(available: boolean): void;
  /** The serialized common.Block messages that the organisation's peer has committed. */
  blocks(mspId: string): readonly Uint8Array[];
  /** The blocks from a number on, with the private values that each peer has of them. */
  record(from: number): RecordedBlock[];
  /**
   * Commits recorded blocks, each checked as when it was new, so that this network stands where the recorded one stood. It has
   * to have the same channel, organisations and chaincodes, and what the recorded one had before.
   */
  replay(blocks: readonly RecordedBlock[]): Promise<void>;
  /** A client for `connect` of @hyperledger/fabric-gateway that calls the organisation's peer without any network. */
  inProcessClient(mspId: string): Client;
  close(): Promise<void>;
}

export class LocalEngine implements Engine {
  readonly network: Network;
  readonly #services = new Map<string, PeerService>();
  readonly #stopping = new Map<string, AbortController>();

  constructor(options: EngineOptions) {
    const ordererSigner = createSigner(options.orderer);
    const chain = new Chain(new BlockWriter(ordererSigner), genesisEnvelope(options));
    const executeTimeoutMs = options.executeTimeoutMs ?? EXECUTE_TIMEOUT_MS;
    const scheduler = createScheduler(options.seed);
    const peers: Peer[] = [];
    for (const organization of options.organizations) {
      peers.push(
        new Peer(
          {
            mspId: organization.mspId,
            address: organization.hostAlias,
            signer: createSigner(organization),
            executeTimeoutMs,
            stop: () => void this.stopPeer(organization.mspId),
          },
          { chain, scheduler, peers },
        ),
      );
    }
    const orderer = new Orderer({ chain, signer: ordererSigner }, options, async (envelopes) => {
      await scheduler.turn();
      await this.#commit(envelopes);
    });
    this.network = {
      ...{ chain, peers, orderer, scheduler },
      endorsementTimeoutMs: options.endorsementTimeoutMs ?? ENDORSEMENT_TIMEOUT_MS,
      get channel() {
        return chain.channel;
      },
    };
    for (const peer of peers) {
      this.#services.set(peer.mspId, createPeerService(this.network, peer));
      this.#stopping.set(peer.mspId, stopSwitch());
    }
  }

  get height(): number {
    return this.network.chain.height;
  }

  async start(): Promise<void> {
    await Promise.all(this.network.peers.map((peer) => peer.ledger.catchUp()));
  }

  peer(mspId: string): Peer {
    const peer = this.network.peers.find((candidate) => candidate.mspId === mspId);
    if (!peer) {
      throw new Error(`no organisation ${mspId} in this network`);
    }
    return peer;
  }

  service(mspId: string): PeerService {
    const service = this.#services.get(mspId);
    if (!service) {
      throw new Error(`no organisation ${mspId} in this network`);
    }
    return service;
  }

  async deploy(options: DeployOptions): Promise<void> {
    for (const [mspId, address] of Object.entries(options.addresses)) {
      this.peer(mspId).host.install(options.name, options.packageId, dialChaincode(address));
    }
    for (const mspId of options.registering ?? []) {
      this.peer(mspId).host.install(options.name, options.packageId);
    }
    await this.#define(options);
  }

  async deployInProcess({ connect, hosts, packageId, ...definition }: InProcessDeployOptions): Promise<void> {
    for (const mspId of hosts ?? this.network.channel.mspIds) {
      const open: ConnectChaincode = () => Promise.resolve(connect(mspId));
      this.peer(mspId).host.install(definition.name, packageId ?? definition.name, open);
    }
    await this.#define(definition);
  }

  setChaincodeAddress(mspId: string, name: string, address: string): void {
    this.#replace(mspId, name, dialChaincode(address));
  }

  setChaincodeLink(mspId: string, name: string, connect: () => ChaincodeLink): void {
    this.#replace(mspId, name, () => Promise.resolve(connect()));
  }

  stopPeer(mspId: string): Promise<void> {
    const peer = this.peer(mspId);
    peer.running = false;
    peer.host.closeAll();
    this.#stopping.get(mspId)?.abort();
    return Promise.resolve();
  }

  async startPeer(mspId: string): Promise<void> {
    const peer = this.peer(mspId);
    await peer.ledger.catchUp();
    if (!peer.running) {
      peer.running = true;
      this.#stopping.set(mspId, stopSwitch());
    }
    await peer.ledger.catchUp(); // blocks that came in the meantime
    await this.#reconcile();
  }

  async loseLedger(mspId: string): Promise<void> {
    await this.stopPeer(mspId);
    await this.peer(mspId).ledger.lose();
    await this.startPeer(mspId);
  }

  async setFaults(mspId: string, faults: PeerFaults): Promise<void> {
    this.peer(mspId).gate.set(faults);
    await this.#reconcile();
  }

  crashAt(mspId: string, step: PeerStep, occurrence = 1): void {
    this.peer(mspId).gate.crashAt(step, occurrence);
  }

  crashSomewhere(mspId: string): { readonly step: PeerStep; readonly occurrence: number } {
    const { scheduler } = this.network;
    const [step = 'simulate'] = scheduler.shuffle(PEER_STEPS);
    const [occurrence = 1] = scheduler.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    this.crashAt(mspId, step, occurrence);
    return { step, occurrence };
  }

  setOrdererAvailable(available: boolean): void {
    this.network.orderer.available = available;
  }

  get configuration(): Uint8Array {
    return this.network.chain.channel.config.serializeBinary();
  }

  async configure(update: Uint8Array): Promise<void> {
    const { chain, orderer, peers } = this.network;
    const before = chain.channel;
    const { status, info } = orderer.broadcast(common.Envelope.deserializeBinary(update));
    if (status !== 'SUCCESS') {
      throw new Error(`the update was refused (${status}): ${info}`);
    }
    while (chain.channel === before) {
      await chain.announcer.next();
    }
    await Promise.all(peers.filter(({ running }) => running).map(({ ledger }) => ledger.catchUp()));
  }

  blocks(mspId: string): readonly Uint8Array[] {
    const { ledger } = this.peer(mspId);
    return Array.from({ length: ledger.height }, (_, number) => assembleBlock(ledger.block(number)).serializeBinary());
  }

  record(from: number): RecordedBlock[] {
    return recordBlocks(this.network, from);
  }

  async replay(blocks: readonly RecordedBlock[]): Promise<void> {
    for (const { envelopes, privateSets } of blocks) {
      for (const { mspId, txId, ...set } of privateSets) {
        this.peer(mspId).ledger.privateData.keep(txId, [set]);
      }
      const { transactions } = await this.#commit(envelopes);
      const refused = transactions.find(({ code }) => code !== TxCode.VALID);
      if (refused !== undefined) {
        throw new Error(`a recorded transaction is not valid here: ${refused.reason}`);
      }
    }
  }

  inProcessClient(mspId: string): Client {
    const peer = this.peer(mspId);
    return createInProcessClient({
      service: this.service(mspId),
      alive: () => (peer.running ? this.#stopping.get(mspId)?.signal : undefined),
    });
  }

  async close(): Promise<void> {
    this.network.orderer.close();
    await Promise.all(this.network.peers.map(({ mspId }) => this.stopPeer(mspId)));
  }

  #replace(mspId: string, name: string, connect: ConnectChaincode): void {
    const { host } = this.peer(mspId);
    const packageId = host.packageOf(name);
    if (packageId === undefined) {
      throw new Error(`${mspId} does not host chaincode ${name}`);
    }
    host.install(name, packageId, connect);
  }

  async #reconcile(): Promise<void> {
    const running = this.network.peers.filter((peer) => peer.running);
    await Promise.all(running.map(({ ledger }) => ledger.reconcile()));
  }

  async #define(options: ChaincodeDefinitionOptions): Promise<void> {
    const { channel, chain, peers } = this.network;
    const definition = nextDefinition(options, channel, chain.state);
    const envelope = definitionEnvelope(
      channel.name,
      definition,
      chain.state,
      peers.filter(({ mspId }) => channel.mspIds.includes(mspId)).map(({ signer }) => signer),
    );
    const block = await this.#commit([envelope.serializeBinary()]);
    const [outcome] = block.transactions;
    if (outcome?.code !== TxCode.VALID) {
      throw new Error(`definition of ${options.name} was not valid: ${outcome?.reason ?? ''}`);
    }
  }

  /** Peers announce a block together, so that a client of one does not overtake another; who is slow is not waited for. */
  async #commit(envelopes: readonly Uint8Array[]): Promise<CommittedBlock> {
    const { chain, peers } = this.network;
    const block = chain.append(envelopes);
    const commits = peers.filter((peer) => peer.running).map((peer) => ({ peer, done: commitOn(peer) }));
    const prompt = commits.filter(({ peer }) => peer.faults.paused !== true && peer.faults.lagMs === undefined);
    await settledWithin(Promise.all(prompt.map(({ done }) => done)), LAG_MAX_MS);
    for (const { peer, done } of commits) {
      void done.then((committed) => (committed ? announceOn(peer) : undefined));
    }
    return block;
  }
}

/** Whether the peer has committed: one that crashes on the way has not, and catches up when it is started again. */
async function commitOn({ gate, ledger }: Peer): Promise<boolean> {
  return gate.pass('commit').then(
    async () => {
      await ledger.catchUp();
      return true;
    },
    () => false,
  );
}

async function announceOn({ gate, ledger }: Peer): Promise<void> {
  await gate.pass('announce').then(
    () => {
      ledger.announcer.announce();
    },
    () => undefined, // it crashed, and nobody waits on it any more
  );
}

/** Who signs with a key under its certificate, both as PEM. */
export function createSigner(options: {
  readonly mspId: string;
  readonly signCertPem: string;
  readonly signKeyPem: string;
}): Signer {
  const key = createPrivateKey(options.signKeyPem);
  return {
    identity: serializeIdentity(options.mspId, options.signCertPem),
    sign: (data) => signLowS(key, data),
  };
}

/** Resolves when the work is done or the time, in milliseconds, is over. */
async function settledWithin(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}

/** Every call in progress listens to it. */
function stopSwitch(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
