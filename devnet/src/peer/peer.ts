// One organisation's peer: what it has committed, what it hosts, whether it runs, and what is wrong with it.
import type { Channel } from '../channel.js';
import { ChaincodeHost } from '../chaincode/host.js';
import type { Chain } from '../ledger/chain.js';
import type { Signer } from '../orderer/blockWriter.js';
import type { Scheduler } from '../scheduler.js';
import { Endorser } from './endorser.js';
import { FaultGate, type PeerFaults } from './faults.js';
import { isSystemChaincode } from './systemChaincodes.js';
import { PeerLedger } from './peerLedger.js';

/** What the peers of a network have in common. */
export interface PeerShared {
  readonly chain: Chain;
  readonly scheduler: Scheduler;
  /** All peers of the network. */
  readonly peers: readonly Peer[];
}

export class Peer {
  readonly mspId: string;
  readonly signer: Signer;
  readonly ledger: PeerLedger;
  readonly host: ChaincodeHost;
  readonly endorser: Endorser;
  /** host:port, or the peer's name when it serves nobody outside the process. */
  address: string;
  running = true;
  readonly gate: FaultGate;

  constructor(
    options: {
      readonly mspId: string;
      readonly address: string;
      readonly signer: Signer;
      readonly executeTimeoutMs: number;
      /** Called when a fault makes it crash. */
      readonly stop: () => void;
    },
    shared: PeerShared,
  ) {
    this.mspId = options.mspId;
    this.address = options.address;
    this.signer = options.signer;
    this.gate = new FaultGate(shared.scheduler, options.stop);
    this.ledger = new PeerLedger(options.mspId, shared.chain, () =>
      shared.peers
        .filter((peer) => peer !== this && peer.running && peer.faults.withholdsPrivateData !== true)
        .map(({ ledger }) => ledger),
    );
    this.host = new ChaincodeHost(options.executeTimeoutMs);
    this.endorser = new Endorser(this, shared);
  }

  /** The channel as this peer has it. */
  get channel(): Channel {
    return this.ledger.channel;
  }

  get faults(): PeerFaults {
    return this.gate.current;
  }

  /** What its clock says, in milliseconds since the epoch. */
  now(): number {
    return Date.now() + (this.faults.clockSkewMs ?? 0);
  }

  /** Whether the gateway may ask this peer to run the chaincode. */
  hosts(chaincode: string): boolean {
    return this.running && (isSystemChaincode(chaincode) || this.host.packageOf(chaincode) !== undefined);
  }
}
