// Blocks with the private values of each organisation, as plain bytes, so that one engine can take over the ledger of another.
import type { PrivateSet } from './ledger/rwsetBuilder.js';
import type { Network } from './gateway/network.js';

/** A private set as one organisation's peer has committed it. */
export interface RecordedSet extends PrivateSet {
  readonly mspId: string;
  readonly txId: string;
}

export interface RecordedBlock {
  /** Serialized common.Envelope messages, in their order. */
  readonly envelopes: readonly Uint8Array[];
  readonly privateSets: readonly RecordedSet[];
}

/** The blocks of a chain from a number on. */
export function recordBlocks({ chain, peers }: Network, from: number): RecordedBlock[] {
  const recorded: RecordedBlock[] = [];
  for (let block = chain.block(from); block !== undefined; block = chain.block(block.number + 1)) {
    const { number, envelopes, transactions } = block;
    const privateSets = peers.flatMap(({ mspId, ledger }) =>
      transactions.flatMap(({ txId }, tx) =>
        ledger.privateData.at({ block: number, tx }).map((set) => ({ ...set, mspId, txId })),
      ),
    );
    recorded.push({ envelopes, privateSets });
  }
  return recorded;
}
