// One transaction in the hands of a chaincode: its simulator and its open scans.
import { randomUUID } from 'node:crypto';
import { ledger, peer } from '@hyperledger/fabric-protos';
import { implicitCollectionOwner } from '../channel.js';
import { readDefinition } from '../ledger/definition.js';
import type { KeyValue, PagedScan, Scan, Simulator } from '../ledger/simulator.js';

/** Records that travel to the chaincode in one message. */
const BATCH_SIZE = 100;
/** Records that one scan gives at most; the rest is cut off silently. */
const TOTAL_LIMIT = 100_000;

interface OpenScan {
  readonly scan: Scan;
  pending: KeyValue[];
  total: number;
}

export class TransactionContext {
  readonly namespace: string;
  readonly simulator: Simulator;
  readonly #scans = new Map<string, OpenScan>();

  constructor(namespace: string, simulator: Simulator) {
    this.namespace = namespace;
    this.simulator = simulator;
  }

  /**
   * Throws when the creator may not use the collection. Every member and non-member may use an implicit one: its guard
   * is the endorsement policy, and private values are only where the owner's peers are.
   */
  requirePermission(collection: string): void {
    readDefinition(this.namespace, this.simulator.readLifecycle);
    if (implicitCollectionOwner(collection) === undefined) {
      throw new Error(`collection ${this.simulator.channel.name}/${this.namespace}/${collection} could not be found`);
    }
  }

  /** The first batch of a scan, as a QueryResponse. */
  open(scan: Scan): Uint8Array {
    const id = randomUUID();
    this.#scans.set(id, { scan, pending: [], total: 0 });
    return this.next(id);
  }

  /** The next batch. Throws when the scan is not open, which is also so once it is exhausted. */
  next(id: string): Uint8Array {
    const open = this.#scans.get(id);
    if (!open) {
      throw new Error('query iterator not found');
    }
    while (open.total < TOTAL_LIMIT) {
      const record = open.scan.next();
      if (!record) {
        break;
      }
      open.total += 1;
      if (open.pending.length === BATCH_SIZE) {
        // The record after the batch has been fetched by now, and so is part of what the phantom check covers.
        const batch = open.pending;
        open.pending = [record];
        return response(this.namespace, batch, id, true);
      }
      open.pending.push(record);
    }
    this.#scans.delete(id);
    return response(this.namespace, open.pending, id, false);
  }

  /** One page and the bookmark of the next; an empty bookmark says there is none. */
  page(scan: PagedScan, pageSize: number): Uint8Array {
    const limit = pageSize > 0 ? Math.min(pageSize, TOTAL_LIMIT) : TOTAL_LIMIT;
    const records: KeyValue[] = [];
    while (records.length < limit) {
      const record = scan.next();
      if (!record) {
        break;
      }
      records.push(record);
    }
    const following = records.length === limit ? scan.peek() : undefined;
    const metadata = new peer.QueryResponseMetadata();
    metadata.setFetchedRecordsCount(records.length);
    metadata.setBookmark(following ?? '');
    return response(this.namespace, records, randomUUID(), false, metadata.serializeBinary());
  }

  /** Closing a scan that is not open does nothing. */
  close(id: string): Uint8Array {
    this.#scans.delete(id);
    return response(this.namespace, [], id, false);
  }
}

function response(
  namespace: string,
  records: readonly KeyValue[],
  id: string,
  hasMore: boolean,
  metadata?: Uint8Array,
): Uint8Array {
  const message = new peer.QueryResponse();
  message.setResultsList(
    records.map(({ key, value }) => {
      const kv = new ledger.queryresult.KV();
      kv.setNamespace(namespace);
      kv.setKey(key);
      kv.setValue(value);
      const result = new peer.QueryResultBytes();
      result.setResultbytes(kv.serializeBinary());
      return result;
    }),
  );
  message.setHasMore(hasMore);
  message.setId(id);
  if (metadata) {
    message.setMetadata(metadata);
  }
  return message.serializeBinary();
}
