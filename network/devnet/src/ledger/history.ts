// Who wrote a key when: places in the chain, from which the values are read when somebody asks.
import { ledger } from '@hyperledger/fabric-protos';
import { getOrCreate } from './state.js';
import { chaincodeActionOf, openEnvelope, readSets, type Transaction } from './transaction.js';
import type { Version } from './version.js';

/** The serialized envelope of a transaction at a place in the chain. */
export type ReadEnvelope = (place: Version) => Uint8Array;

/** A linked list costs a key that is written once next to nothing. */
interface Writing {
  readonly place: Version;
  readonly before: Writing | undefined;
}

export class History {
  readonly #places = new Map<string, Map<string, Writing>>();
  readonly #read: ReadEnvelope;

  constructor(read: ReadEnvelope) {
    this.#read = read;
  }

  /** Notes the public writes of a valid transaction. */
  add(transaction: Transaction, place: Version): void {
    for (const { namespace, kv } of transaction.namespaces) {
      const keys = getOrCreate(this.#places, namespace, () => new Map<string, Writing>());
      for (const write of kv.getWritesList()) {
        keys.set(write.getKey(), { place, before: keys.get(write.getKey()) });
      }
    }
  }

  /** Serialized KeyModifications of blocks below `height`, the newest first; undefined after the last. */
  of(namespace: string, key: string, height: number): () => Uint8Array | undefined {
    let writing = this.#places.get(namespace)?.get(key);
    while (writing && writing.place.block >= height) {
      writing = writing.before;
    }
    return () => {
      const found = writing;
      writing = found?.before;
      return found && modification(this.#read(found.place), namespace, key);
    };
  }
}

function modification(envelope: Uint8Array, namespace: string, key: string): Uint8Array {
  const { channelHeader, data } = openEnvelope(envelope);
  const write = readSets(chaincodeActionOf(data).getResults_asU8())
    .find((set) => set.namespace === namespace)
    ?.kv.getWritesList()
    .find((candidate) => candidate.getKey() === key);
  const result = new ledger.queryresult.KeyModification();
  result.setTxId(channelHeader.getTxId());
  result.setTimestamp(channelHeader.getTimestamp());
  result.setValue(write?.getValue_asU8() ?? new Uint8Array());
  result.setIsDelete(write?.getIsDelete() ?? false);
  return result.serializeBinary();
}
