/**
 * What one's own peer committed, read through its system chaincode `qscc`: who sent a transaction, which event it carries, whether
 * it wrote into one's own book. Everything inside a transaction is its sender's, so nothing here relies on its form.
 */
import { GatewayError } from '@hyperledger/fabric-gateway';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import type { Transport } from './transport.js';

const { kvrwset, TxReadWriteSet } = ledger.rwset;
const NOTHING = new Uint8Array();

/** A valid transaction as far as a listener needs it. */
export interface CommittedTransaction {
  /** MSP id of who sent it: the peers have checked its signature. */
  readonly creatorMspId: string;
  readonly event: { readonly chaincode: string; readonly name: string; readonly payload: Uint8Array };
  /** Whether it wrote into a book: the namespace of the chaincode, the collection of the organisation. */
  wroteInto(chaincode: string, mspId: string): boolean;
}

/** Calls `qscc` on one's own peer. @throws TenorError LEDGER_READ_REFUSED; anything else as the gateway throws it */
export async function askLedger(
  { network, channel, mspId }: Pick<Transport, 'network' | 'channel' | 'mspId'>,
  query: 'GetChainInfo' | 'GetBlockByNumber',
  ...more: readonly string[]
): Promise<Uint8Array> {
  try {
    const options = { arguments: [channel, ...more], endorsingOrganizations: [mspId] };
    return await network.getContract('qscc').evaluate(query, options);
  } catch (cause) {
    if (isDenied(cause)) throw new TenorError('LEDGER_READ_REFUSED', { query }, { cause });
    throw cause;
  }
}

/** The words of Fabric's access list; a gateway passes them on inside its own message, or beside it. */
const isDenied = (error: unknown): boolean =>
  error instanceof GatewayError &&
  [error.message, ...error.details.map(({ message }) => message)].some((text) => text.includes('access denied'));

/** A block: its valid transactions by id, taken apart only when they are asked for. */
export class CommittedBlock {
  readonly #payloads = new Map<string, common.Payload>();

  constructor(bytes: Uint8Array) {
    const block = common.Block.deserializeBinary(bytes);
    const filter = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
    for (const [index, envelope] of (block.getData()?.getDataList_asU8() ?? []).entries()) {
      // Of two transactions with one id in a block at most one is valid.
      if (filter?.[index] === peer.TxValidationCode.VALID) this.#add(envelope);
    }
  }

  /** The transaction of an id, or why there is none. */
  find(transactionId: string): CommittedTransaction | 'TRANSACTION_UNKNOWN' | 'TRANSACTION_UNREADABLE' {
    const payload = this.#payloads.get(transactionId);
    if (payload === undefined) return 'TRANSACTION_UNKNOWN';
    return readable(() => takeApart(payload)) ?? 'TRANSACTION_UNREADABLE';
  }

  #add(envelope: Uint8Array): void {
    const payload = readable(() =>
      common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8()),
    );
    const header = readable(() =>
      common.ChannelHeader.deserializeBinary(payload?.getHeader()?.getChannelHeader_asU8() ?? NOTHING),
    );
    if (payload !== undefined && header !== undefined) this.#payloads.set(header.getTxId(), payload);
  }
}

/** What decoding answers, or undefined where the bytes are nothing that protobuf can read. */
function readable<Answer>(decode: () => Answer): Answer | undefined {
  try {
    return decode();
  } catch {
    return undefined; // whoever asks says so: a listener skips and counts it
  }
}

function takeApart(payload: common.Payload): CommittedTransaction | undefined {
  const action = actionOf(payload.getData_asU8());
  const signature = common.SignatureHeader.deserializeBinary(payload.getHeader()?.getSignatureHeader_asU8() ?? NOTHING);
  const creatorMspId = msp.SerializedIdentity.deserializeBinary(signature.getCreator_asU8()).getMspid();
  if (action === undefined || creatorMspId === '') return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8());
  const writes = writesOf(action.getResults_asU8());
  return {
    creatorMspId,
    event: { chaincode: event.getChaincodeId(), name: event.getEventName(), payload: event.getPayload_asU8() },
    wroteInto: (chaincode, mspId) => writes.has(pathOf(chaincode, `_implicit_org_${mspId}`)),
  };
}

/** The one action that Fabric allows a transaction. */
function actionOf(transaction: Uint8Array): peer.ChaincodeAction | undefined {
  const [action, ...others] = peer.Transaction.deserializeBinary(transaction).getActionsList();
  if (action === undefined || others.length > 0) return undefined;
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()).getAction();
  const answer = peer.ProposalResponsePayload.deserializeBinary(endorsed?.getProposalResponsePayload_asU8() ?? NOTHING);
  return peer.ChaincodeAction.deserializeBinary(answer.getExtension_asU8());
}

const pathOf = (namespace: string, collection: string): string => JSON.stringify([namespace, collection]);

/** The collections that were written, values or key policies. */
function writesOf(results: Uint8Array): ReadonlySet<string> {
  const written = new Set<string>();
  for (const set of TxReadWriteSet.deserializeBinary(results).getNsRwsetList()) {
    for (const collection of set.getCollectionHashedRwsetList()) {
      const hashed = kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
      if (hashed.getHashedWritesList().length + hashed.getMetadataWritesList().length > 0)
        written.add(pathOf(set.getNamespace(), collection.getCollectionName()));
    }
  }
  return written;
}
