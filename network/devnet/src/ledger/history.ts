// Who wrote a key when: places in the chain, from which the values are read when somebody asks.
import { ledger } from '@hyperledger/fabric-protos';
import { getOrCreate } from './state.js';
import { chaincodeActionOf, openEnvelope, readSets, type Transaction } from './transaction.js';
import type { Version } from './version.js';

/** The serialized envelope of a transaction at a place in the chain. */
export type ReadEnvelope = (place: Version) => Uint8Array;

export class History {
  readonly #places = new Map<string, Map<string, Version[]>>();
  readonly #read: ReadEnvelope;

  constructor(read: ReadEnvelope) {
    this.#read = read;
  }

  /** Notes the public writes of a valid transaction. */
  add(transaction: Transaction, place: Version): void {
    for (const { namespace, kv } of transaction.namespaces) {
      const keys = getOrCreate(this.#places, namespace, () => new Map<string, Version[]>());
      for (const write of kv.getWritesList()) {
        getOrCreate(keys, write.getKey(), () => []).push(place);
      }
    }
  }

  /** Serialized KeyModifications of blocks below `height`, the newest first; undefined after the last. */
  of(namespace: string, key: string, height: number): () => Uint8Array | undefined {
    const places = (this.#places.get(namespace)?.get(key) ?? []).filter(({ block }) => block < height);
    return () => {
      const place = places.pop();
      return place && modification(this.#read(place), namespace, key);
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
