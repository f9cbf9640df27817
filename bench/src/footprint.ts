/** The writes of a committed transaction, read from its block: books, keys, policies. The raw write does the same number of writes. */
import { common, ledger, peer } from '@hyperledger/fabric-protos';

const { TxReadWriteSet } = ledger.rwset;
const { HashedRWSet, KVRWSet } = ledger.rwset.kvrwset;
type HashedSet = ledger.rwset.kvrwset.HashedRWSet;

const POLICY = 'VALIDATION_PARAMETER';

/** One key of one book. */
export interface KeyWrite {
  /** Collection of the book. */
  readonly collection: string;
  /** SHA-256 of the key, hex. */
  readonly keyHash: string;
  readonly deleted: boolean;
  /** Whether the key was there before. */
  readonly existed: boolean;
  /** Policy that stood on the key before, base64 of a SignaturePolicyEnvelope. */
  readonly policyBefore: string | undefined;
  /** Policy that this transaction set. */
  readonly policy: string | undefined;
}

/** All that a transaction read and wrote. */
export interface Footprint {
  readonly writes: readonly KeyWrite[];
  /** Hashes of private keys read. */
  readonly hashReads: number;
  /** Public keys read. */
  readonly publicReads: number;
  readonly publicWrites: number;
  readonly endorsements: number;
}

interface Collection {
  readonly name: string;
  readonly set: HashedSet;
}

interface Content {
  readonly transactionId: string;
  readonly collections: readonly Collection[];
  readonly publicSets: readonly ledger.rwset.kvrwset.KVRWSet[];
  readonly endorsements: number;
}

function contentOf(envelopeBytes: Uint8Array, namespace: string): Content | undefined {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelopeBytes).getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
  );
  if (header.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return undefined;
  const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(
    action?.getPayload_asU8() ?? new Uint8Array(),
  ).getAction();
  const response = peer.ProposalResponsePayload.deserializeBinary(
    endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
  );
  const results = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();
  const sets = TxReadWriteSet.deserializeBinary(results)
    .getNsRwsetList()
    .filter((set) => set.getNamespace() === namespace);
  return {
    transactionId: header.getTxId(),
    publicSets: sets.map((set) => KVRWSet.deserializeBinary(set.getRwset_asU8())),
    collections: sets.flatMap((set) =>
      set.getCollectionHashedRwsetList().map((each) => ({
        name: each.getCollectionName(),
        set: HashedRWSet.deserializeBinary(each.getHashedRwset_asU8()),
      })),
    ),
    endorsements: endorsed?.getEndorsementsList().length ?? 0,
  };
}

const hex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

/** Policies set by a set, by key hash. */
function policiesOf(set: HashedSet): ReadonlyMap<string, string> {
  return new Map(
    set
      .getMetadataWritesList()
      .flatMap((write) =>
        write
          .getEntriesList()
          .flatMap((entry) =>
            entry.getName() === POLICY ? [[hex(write.getKeyHash_asB64()), entry.getValue_asB64()] as const] : [],
          ),
      ),
  );
}

/** Keys and policies as they stand, book by book, while blocks are gone through. */
class Books {
  readonly #policies = new Map<string, string | undefined>();

  /** What a set writes, seen from what stands now. */
  writesOf({ name, set }: Collection): KeyWrite[] {
    const policies = policiesOf(set);
    return set.getHashedWritesList().map((write) => {
      const keyHash = hex(write.getKeyHash_asB64());
      const at = `${name}/${keyHash}`;
      const before = { existed: this.#policies.has(at), policyBefore: this.#policies.get(at) };
      return { collection: name, keyHash, deleted: write.getIsDelete(), ...before, policy: policies.get(keyHash) };
    });
  }

  apply(writes: readonly KeyWrite[]): void {
    for (const { collection, keyHash, deleted, policy, policyBefore } of writes) {
      const at = `${collection}/${keyHash}`;
      if (deleted) this.#policies.delete(at);
      else this.#policies.set(at, policy ?? policyBefore);
    }
  }
}

function validContents(blocks: readonly Uint8Array[], namespace: string): Content[] {
  return blocks.flatMap((bytes) => {
    const block = common.Block.deserializeBinary(bytes);
    const flags =
      block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
    const envelopes = block.getData()?.getDataList_asU8() ?? [];
    const valid = envelopes.filter((_, index) => flags[index] === peer.TxValidationCode.VALID);
    return valid.flatMap((envelope) => contentOf(envelope, namespace) ?? []);
  });
}

/** Footprints of some transactions of a chaincode, by transaction id, from all blocks of the channel. */
export function footprintsOf(
  blocks: readonly Uint8Array[],
  namespace: string,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, Footprint> {
  const books = new Books();
  const found = new Map<string, Footprint>();
  for (const { transactionId, collections, publicSets, endorsements } of validContents(blocks, namespace)) {
    const writes = collections.flatMap((each) => books.writesOf(each));
    books.apply(writes);
    if (!wanted.has(transactionId)) continue;
    const count = (list: (set: ledger.rwset.kvrwset.KVRWSet) => number): number =>
      publicSets.reduce((sum, set) => sum + list(set), 0);
    found.set(transactionId, {
      ...{ writes, endorsements },
      hashReads: collections.reduce((sum, { set }) => sum + set.getHashedReadsList().length, 0),
      publicReads: count((set) => set.getReadsList().length),
      publicWrites: count((set) => set.getWritesList().length),
    });
  }
  return found;
}

/** Keys written in each book. */
export function keysByBook({ writes }: Footprint): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  for (const { collection } of writes) keys.set(collection, (keys.get(collection) ?? 0) + 1);
  return keys;
}

/** @throws Error when a confirmation writes more than the design allows: two books, three keys in each, nothing public */
export function assertLean(footprint: Footprint): void {
  const keys = [...keysByBook(footprint).values()];
  if (keys.length <= 2 && keys.every((count) => count <= 3) && footprint.publicWrites === 0) return;
  throw new Error(
    `a confirmation writes ${String(keys.length)} books with ${keys.join(' and ')} keys and ${String(footprint.publicWrites)} public ones: at most 2 books, 3 keys in each, none public`,
  );
}
