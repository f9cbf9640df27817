// The history of a key: its changes from the last one back, with transaction, time and value from their envelopes.
import { ledger } from '@hyperledger/fabric-protos';
import type { Change } from './state.js';
import { openEnvelope } from './transaction.js';
import type { Version } from './version.js';

/** The serialized envelope of a transaction at a place in the chain. */
export type ReadEnvelope = (place: Version) => Uint8Array;

/** Serialized KeyModifications, the newest first; undefined after the last. */
export function keyModifications(last: Change | undefined, read: ReadEnvelope): () => Uint8Array | undefined {
  let change = last;
  return () => {
    while (change && isOfMetadata(change)) {
      change = change.before;
    }
    const found = change;
    change = found?.before;
    return found && modification(found, read(found.version));
  };
}

/** A change of metadata alone leaves the very value that stood before; it is no part of the history. */
function isOfMetadata({ value, before }: Change): boolean {
  return value !== undefined && value === before?.value;
}

function modification({ value }: Change, envelope: Uint8Array): Uint8Array {
  const { channelHeader } = openEnvelope(envelope);
  const result = new ledger.queryresult.KeyModification();
  result.setTxId(channelHeader.getTxId());
  result.setTimestamp(channelHeader.getTimestamp());
  result.setValue(value ?? new Uint8Array());
  result.setIsDelete(value === undefined);
  return result.serializeBinary();
}
