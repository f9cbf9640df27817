// Sends private data to the other members of a collection, before the endorsing peer signs.
import { collectionIn } from '../ledger/definition.js';
import type { PrivateSet } from '../ledger/rwsetBuilder.js';
import type { Peer, PeerShared } from './peer.js';

/** Sends each set to as many members as its collection allows. Throws when there are fewer than it requires. */
export function distribute(
  own: Peer,
  { peers, scheduler }: PeerShared,
  txId: string,
  sets: readonly PrivateSet[],
): void {
  const { channel } = own;
  for (const set of sets) {
    const { namespace, collection: name } = set;
    const collection = collectionIn(own.ledger.state, namespace, name);
    const eligible = peers.filter((peer) => {
      const identity = channel.membership.identify(peer.signer.identity);
      return peer !== own && peer.running && identity !== undefined && collection?.isMember(identity) === true;
    });
    const required = collection?.requiredPeerCount ?? 0;
    if (eligible.length < required) {
      throw new Error(
        `error in simulation: failed to distribute private collection, txID ${txId}, channel ${channel.name}: ` +
          `could not build private data dissemination plan for chaincode ${namespace} and collection ${name}: ` +
          `required to disseminate to at least ${String(required)} peers, ` +
          `but know of only ${String(eligible.length)} eligible peers`,
      );
    }
    if (own.faults.withholdsPrivateData !== true) {
      const chosen = scheduler.shuffle(eligible).slice(0, collection?.maximumPeerCount ?? 0);
      chosen.forEach((peer) => {
        peer.ledger.privateData.keep(txId, [set]);
      });
    }
  }
  own.ledger.privateData.keep(txId, sets);
}
