// One organisation's peer: what it has committed, what it hosts, and whether it runs.
import type { Channel } from '../channel.js';
import { ChaincodeHost } from '../chaincode/host.js';
import type { Chain } from '../ledger/chain.js';
import type { Signer } from '../orderer/blockWriter.js';
import type { Scheduler } from '../scheduler.js';
import { Endorser } from './endorser.js';
import { PeerLedger } from './peerLedger.js';

export class Peer {
  readonly mspId: string;
  readonly signer: Signer;
  readonly ledger: PeerLedger;
  readonly host: ChaincodeHost;
  readonly endorser: Endorser;
  /** host:port, or the peer's name when it serves nobody outside the process. */
  address: string;
  running = true;

  constructor(
    options: {
      readonly mspId: string;
      readonly address: string;
      readonly signer: Signer;
      readonly executeTimeoutMs: number;
    },
    shared: { readonly channel: Channel; readonly chain: Chain; readonly scheduler: Scheduler },
  ) {
    this.mspId = options.mspId;
    this.address = options.address;
    this.signer = options.signer;
    this.ledger = new PeerLedger(options.mspId, shared.chain);
    this.host = new ChaincodeHost(options.executeTimeoutMs);
    this.endorser = new Endorser(shared, this.ledger, this.host, options.signer);
  }

  /** Whether the gateway may ask this peer to run the chaincode. */
  hosts(chaincode: string): boolean {
    return this.running && this.host.packageOf(chaincode) !== undefined;
  }
}
