// One transaction in the hands of a chaincode: its simulator and its open scans.
import { randomUUID } from 'node:crypto';
import { ledger, peer } from '@hyperledger/fabric-protos';
import type { Collection } from '../ledger/collection.js';
import { findCollection, readDefinition } from '../ledger/definition.js';
import type { KeyValue, PagedScan, Simulator } from '../ledger/simulator.js';
import { getOrCreate } from '../ledger/state.js';
import type { ChaincodeCall, InvokeChaincode } from './call.js';

/** Records that travel to the chaincode in one message. */
const BATCH_SIZE = 100;
/** Records that one scan gives at most; the rest is cut off silently. */
const TOTAL_LIMIT = 100_000;

/** Serialized records one after the other, each fetched when it is asked for. */
export type Records = () => Uint8Array | undefined;

interface OpenScan {
  readonly next: Records;
  pending: Uint8Array[];
  total: number;
}

export class TransactionContext {
  readonly namespace: string;
  readonly simulator: Simulator;
  /** Calls another chaincode in the same transaction. */
  readonly invoke: InvokeChaincode;
  readonly #call: ChaincodeCall;
  readonly #isInit: boolean;
  readonly #scans = new Map<string, OpenScan>();
  readonly #permitted = new Map<string, Collection>();

  constructor(call: ChaincodeCall, isInit: boolean, invoke: InvokeChaincode) {
    this.namespace = call.chaincode;
    this.simulator = call.simulator;
    this.invoke = invoke;
    this.#call = call;
    this.#isInit = isInit;
  }

  /** Private data are out of reach of an Init. Throws there. */
  refuseInit(): void {
    if (this.#isInit) {
      throw new Error('private data APIs are not allowed in chaincode Init()');
    }
  }

  /** Throws when the creator may not use the collection: those who are no members, if it is closed to them. */
  requirePermission(name: string, access: 'read' | 'write'): void {
    this.refuseInit();
    const collection = getOrCreate(this.#permitted, name, () => this.#collection(name));
    const { memberOnlyRead, memberOnlyWrite } = collection;
    const { creator } = this.#call;
    const isClosed = access === 'read' ? memberOnlyRead : memberOnlyWrite;
    if (isClosed && !(creator && collection.isMember(creator))) {
      throw new Error(
        `tx creator does not have ${access} access permission on privatedata in ` +
          `chaincodeName:${this.namespace} collectionName: ${name}`,
      );
    }
  }

  #collection(name: string): Collection {
    const collection = findCollection(readDefinition(this.namespace, this.simulator.readLifecycle), name);
    if (!collection) {
      throw new Error(`collection ${this.simulator.channel.name}/${this.namespace}/${name} could not be found`);
    }
    return collection;
  }

  /** Records of the namespace as a chaincode gets them. */
  records(scan: { next(): KeyValue | undefined }): Records {
    return () => {
      const record = scan.next();
      return record && keyValue(this.namespace, record);
    };
  }

  /** The first batch of a scan, as a QueryResponse. */
  open(next: Records): Uint8Array {
    const id = randomUUID();
    this.#scans.set(id, { next, pending: [], total: 0 });
    return this.next(id);
  }

  /** The next batch. Throws when the scan is not open, which is also so once it is exhausted. */
  next(id: string): Uint8Array {
    const open = this.#scans.get(id);
    if (!open) {
      throw new Error('query iterator not found');
    }
    while (open.total < TOTAL_LIMIT) {
      const record = open.next();
      if (!record) {
        break;
      }
      open.total += 1;
      if (open.pending.length === BATCH_SIZE) {
        // The record after the batch has been fetched by now, and so is part of what the phantom check covers.
        const batch = open.pending;
        open.pending = [record];
        return response(batch, id, true);
      }
      open.pending.push(record);
    }
    this.#scans.delete(id);
    return response(open.pending, id, false);
  }

  /** One page and the bookmark of the next; an empty bookmark says there is none. */
  page(scan: PagedScan, pageSize: number): Uint8Array {
    const limit = pageSize > 0 ? Math.min(pageSize, TOTAL_LIMIT) : TOTAL_LIMIT;
    const records: Uint8Array[] = [];
    const next = this.records(scan);
    while (records.length < limit) {
      const record = next();
      if (!record) {
        break;
      }
      records.push(record);
    }
    const following = records.length === limit ? scan.peek() : undefined;
    const metadata = new peer.QueryResponseMetadata();
    metadata.setFetchedRecordsCount(records.length);
    metadata.setBookmark(following ?? '');
    return response(records, randomUUID(), false, metadata.serializeBinary());
  }

  /** Closing a scan that is not open does nothing. */
  close(id: string): Uint8Array {
    this.#scans.delete(id);
    return response([], id, false);
  }
}

function keyValue(namespace: string, { key, value }: KeyValue): Uint8Array {
  const kv = new ledger.queryresult.KV();
  kv.setNamespace(namespace);
  kv.setKey(key);
  kv.setValue(value);
  return kv.serializeBinary();
}

function response(records: readonly Uint8Array[], id: string, hasMore: boolean, metadata?: Uint8Array): Uint8Array {
  const message = new peer.QueryResponse();
  message.setResultsList(
    records.map((record) => {
      const result = new peer.QueryResultBytes();
      result.setResultbytes(record);
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
