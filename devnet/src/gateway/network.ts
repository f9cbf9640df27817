// What a gateway sees of the network: its peers, the policies that plans are made from, and the orderer.
import type { Channel } from '../channel.js';
import type { Chain } from '../ledger/chain.js';
import type { Orderer } from '../orderer/orderer.js';
import type { Peer } from '../peer/peer.js';
import type { Scheduler } from '../scheduler.js';

export interface Network {
  readonly channel: Channel;
  readonly chain: Chain;
  /** One peer per organisation, in the order of the topology. */
  readonly peers: readonly Peer[];
  readonly orderer: Orderer;
  readonly scheduler: Scheduler;
}
