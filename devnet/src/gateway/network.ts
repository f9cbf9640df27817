// What a gateway sees of the network: its peers, the policies that plans are made from, and the orderer.
import type { Channel } from '../channel.js';
import type { Chain } from '../ledger/chain.js';
import type { Orderer } from '../orderer/orderer.js';
import type { Peer } from '../peer/peer.js';
import type { Scheduler } from '../scheduler.js';

export interface Network {
  /** As it is after the last block; a peer that is behind has an older one. */
  readonly channel: Channel;
  readonly chain: Chain;
  /** One peer per organisation, in the order of the topology. */
  readonly peers: readonly Peer[];
  readonly orderer: Orderer;
  readonly scheduler: Scheduler;
  /** How long a gateway waits for the peer of another organisation, in milliseconds. */
  readonly endorsementTimeoutMs: number;
}

/** The network as the gateway of one peer sees it. */
export interface View {
  readonly network: Network;
  readonly own: Peer;
}

/** The peers that the gateway of one knows: those of the organisations on the channel, as this peer has it. */
export function peersKnownTo(own: Peer, { peers }: Network): readonly Peer[] {
  const { mspIds } = own.channel;
  return peers.filter(({ mspId }) => mspIds.includes(mspId));
}
