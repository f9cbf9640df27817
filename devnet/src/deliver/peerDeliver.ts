// A peer's three ways to deliver: whole blocks, filtered ones, and blocks with the private data that the peer holds.
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import type { DuplexMethod } from '../gateway/service.js';
import type { Identity } from '../identity/membership.js';
import type { PrivateSet } from '../ledger/rwsetBuilder.js';
import { getOrCreate } from '../ledger/state.js';
import type { OpenEnvelope } from '../ledger/transaction.js';
import { assembleBlock } from '../orderer/blockWriter.js';
import type { Peer } from '../peer/peer.js';
import { deliver, type BlockSource, type Responder } from './deliver.js';
import { filteredBlock } from './filtered.js';

/** The methods of protos.Deliver by name. */
export function deliverMethods(own: Peer): Record<string, DuplexMethod> {
  const blockAt = (number: number): common.Block => assembleBlock(own.ledger.block(number));
  const method =
    (resource: string, block: Responder['block']): DuplexMethod =>
    (requests, context) =>
      deliver(sourceOf(own, resource), { block, status: statusResponse }, requests, context);
  return {
    '/protos.Deliver/Deliver': method('event/Block', (number, _asker, headerOnly) =>
      blockResponse(headerOnly && number > 0 ? withoutData(blockAt(number)) : blockAt(number)),
    ),
    '/protos.Deliver/DeliverFiltered': method('event/FilteredBlock', (number) => filteredResponse(blockAt(number))),
    '/protos.Deliver/DeliverWithPrivateData': method('event/Block', (number, asker) => {
      const content = new peer.BlockAndPrivateData();
      content.setBlock(blockAt(number));
      const requester = own.channel.membership.identify(asker.signed.identity);
      addPrivateData(content, own, number, requester);
      const response = new peer.DeliverResponse();
      response.setBlockAndPrivateData(content);
      return response.serializeBinary();
    }),
  };
}

/** The peer's chain, for those whom the resource's policy lets have it. */
function sourceOf(own: Peer, resource: string): BlockSource {
  return {
    channel: own.channel.name,
    get height() {
      return own.ledger.height;
    },
    get now() {
      return own.now();
    },
    nextBlock: () => own.ledger.announcer.next(),
    refusal: (asker: OpenEnvelope) => own.channel.deliverRefusal(resource, asker.signed, own.now()),
  };
}

function blockResponse(block: common.Block): Uint8Array {
  const response = new peer.DeliverResponse();
  response.setBlock(block);
  return response.serializeBinary();
}

/** A block that cannot be shown is passed over with a status, and the stream goes on. */
function filteredResponse(block: common.Block): Uint8Array {
  const response = new peer.DeliverResponse();
  try {
    response.setFilteredBlock(filteredBlock(block));
  } catch {
    return statusResponse('BAD_REQUEST'); // what it is about the block, Fabric writes into its log alone
  }
  return response.serializeBinary();
}

/** Header and signatures alone, for who only wants to attest. */
function withoutData(block: common.Block): common.Block {
  block.setData(undefined);
  return block;
}

function statusResponse(status: keyof common.StatusMap): Uint8Array {
  const response = new peer.DeliverResponse();
  response.setStatus(common.Status[status]);
  return response.serializeBinary();
}

function addPrivateData(
  content: peer.BlockAndPrivateData,
  own: Peer,
  block: number,
  requester: Identity | undefined,
): void {
  const count = own.ledger.block(block)?.transactions.length ?? 0;
  for (let tx = 0; tx < count; tx += 1) {
    const sets = own.ledger.privateData
      .at({ block, tx })
      .filter((set) => requester !== undefined && mayRead(own, { block, set }, requester));
    if (sets.length > 0) {
      content.getPrivateDataMapMap().set(tx, privateSet(sets));
    }
  }
}

/** A collection that was not closed to readers is open to everybody who may read blocks, member or not. */
function mayRead(
  own: Peer,
  { block, set }: { readonly block: number; readonly set: PrivateSet },
  requester: Identity,
): boolean {
  const found = own.ledger.collectionBelow(block, set.namespace, set.collection);
  return found !== undefined && (!found.memberOnlyRead || found.isMember(requester));
}

function privateSet(sets: readonly PrivateSet[]): ledger.rwset.TxPvtReadWriteSet {
  const byNamespace = new Map<string, ledger.rwset.NsPvtReadWriteSet>();
  for (const { namespace, collection, bytes } of sets) {
    const set = getOrCreate(byNamespace, namespace, () => new ledger.rwset.NsPvtReadWriteSet());
    set.setNamespace(namespace);
    const content = new ledger.rwset.CollectionPvtReadWriteSet();
    content.setCollectionName(collection);
    content.setRwset(bytes);
    set.addCollectionPvtRwset(content);
  }
  const result = new ledger.rwset.TxPvtReadWriteSet();
  result.setDataModel(ledger.rwset.TxReadWriteSet.DataModel.KV);
  result.setNsPvtRwsetList([...byNamespace.values()]);
  return result;
}
