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

/** What goes with a call: it is aborted when the caller's deadline has passed or the caller is gone. */
export interface CallContext {
  readonly signal: AbortSignal;
}

/** The first of: the work's result, or undefined because the caller no longer waits. */
export async function unlessAborted<T>(work: Promise<T>, { signal }: CallContext): Promise<T | undefined> {
  if (signal.aborted) {
    return undefined;
  }
  let stop = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    stop = (): void => {
      resolve(undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
