/**
 * Reads from the caller's own peer what it committed, through the system chaincode `qscc`: the valid transactions of a block, who sent
 * them, their events, and into whose books they wrote. Sender and endorsers decide what is inside a transaction, so nothing here relies
 * on its form. Fabric itself guarantees two things: the id of a valid transaction, and that its creator signed it.
 */
import { GatewayError } from '@hyperledger/fabric-gateway';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import type { Transport } from './transport.js';

const { kvrwset, TxReadWriteSet } = ledger.rwset;
const NOTHING = new Uint8Array();

/** The content of a transaction, as far as a listener needs it. */
interface Content {
  readonly creatorMspId: string;
  readonly event: { readonly chaincode: string; readonly name: string; readonly payload: Uint8Array };
  /** Collections written by each namespace, as {@link pathOf} writes them. */
  readonly written: ReadonlySet<string>;
}

/** A valid transaction of a block. */
export interface CommittedTransaction {
  /** Empty if not even the header can be decoded. */
  readonly transactionId: string;
  /** Undefined if it cannot be decoded. */
  readonly content: Content | undefined;
}

/** Calls `qscc` on the caller's own peer. @throws TenorError LEDGER_READ_REFUSED; other errors as the gateway throws them */
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

/** Fabric's text for a refusal by the access list. A gateway passes it on inside its own message, or in the details. */
const isDenied = (error: unknown): boolean =>
  error instanceof GatewayError &&
  [error.message, ...error.details.map(({ message }) => message)].some((text) => text.includes('access denied'));

/** The valid transactions of a serialized block, in ledger order. Configuration is left out. */
export function transactionsIn(bytes: Uint8Array): CommittedTransaction[] {
  const block = common.Block.deserializeBinary(bytes);
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  const envelopes = block.getData()?.getDataList_asU8() ?? [];
  return envelopes
    .filter((_, index) => codes?.[index] === peer.TxValidationCode.VALID)
    .flatMap((envelope) => {
      const opened = readable(() => open(envelope));
      if (opened === undefined) return [{ transactionId: '', content: undefined }];
      const { payload, channel } = opened;
      if (channel.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return [];
      return [{ transactionId: channel.getTxId(), content: readable(() => contentOf(payload)) }];
    });
}

/** Whether a transaction wrote into the book of an organisation, a value or the policy of a key. */
export const wroteInto = ({ written }: Content, chaincode: string, mspId: string): boolean =>
  written.has(pathOf(chaincode, `_implicit_org_${mspId}`));

/** The decoded value, or undefined if protobuf cannot read the bytes. */
function readable<Answer>(decode: () => Answer): Answer | undefined {
  try {
    return decode();
  } catch {
    return undefined; // a listener counts the transaction as skipped
  }
}

function open(envelope: Uint8Array): { readonly payload: common.Payload; readonly channel: common.ChannelHeader } {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  const header = payload.getHeader()?.getChannelHeader_asU8() ?? NOTHING;
  return { payload, channel: common.ChannelHeader.deserializeBinary(header) };
}

function contentOf(payload: common.Payload): Content | undefined {
  const action = actionOf(payload.getData_asU8());
  const signature = common.SignatureHeader.deserializeBinary(payload.getHeader()?.getSignatureHeader_asU8() ?? NOTHING);
  const creatorMspId = msp.SerializedIdentity.deserializeBinary(signature.getCreator_asU8()).getMspid();
  if (action === undefined || creatorMspId === '') return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8());
  return {
    creatorMspId,
    event: { chaincode: event.getChaincodeId(), name: event.getEventName(), payload: event.getPayload_asU8() },
    written: collectionsWritten(action.getResults_asU8()),
  };
}

/** The single action that Fabric allows in a transaction. */
function actionOf(transaction: Uint8Array): peer.ChaincodeAction | undefined {
  const [action, ...others] = peer.Transaction.deserializeBinary(transaction).getActionsList();
  if (action === undefined || others.length > 0) return undefined;
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()).getAction();
  const answer = peer.ProposalResponsePayload.deserializeBinary(endorsed?.getProposalResponsePayload_asU8() ?? NOTHING);
  return peer.ChaincodeAction.deserializeBinary(answer.getExtension_asU8());
}

const pathOf = (namespace: string, collection: string): string => JSON.stringify([namespace, collection]);

function collectionsWritten(results: Uint8Array): ReadonlySet<string> {
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
