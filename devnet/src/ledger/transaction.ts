// An endorser transaction taken apart, with Fabric's checks of its form in Fabric's order: the first hit decides.
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { unmarshal } from '../decode.js';
import { messageOf } from '../messageOf.js';
import type { SignedData } from '../identity/membership.js';
import { sha256 } from '../identity/ecdsa.js';

export type TxCode = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];
export const TxCode = peer.TxValidationCode;

interface CollectionSet {
  readonly name: string;
  readonly hashed: ledger.rwset.kvrwset.HashedRWSet;
  readonly privateHash: Uint8Array;
}

export interface NamespaceSet {
  readonly namespace: string;
  readonly kv: ledger.rwset.kvrwset.KVRWSet;
  readonly collections: readonly CollectionSet[];
}

export interface Transaction {
  readonly txId: string;
  readonly chaincode: string;
  readonly namespaces: readonly NamespaceSet[];
  /** Undefined when the chaincode set no event. */
  readonly event: peer.ChaincodeEvent | undefined;
  readonly endorsements: readonly SignedData[];
}

/** The channel header and the payload of an envelope; undefined where the bytes are no such thing. */
export interface OpenEnvelope {
  readonly header: common.Header;
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
  readonly data: Uint8Array;
  readonly signed: SignedData;
}

/** A transaction that is refused, with the code under which it goes into the block. */
export class InvalidTransaction extends Error {
  readonly code: TxCode;

  constructor(code: TxCode, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** Reads an envelope. Throws InvalidTransaction when it cannot be read. */
export function openEnvelope(bytes: Uint8Array): OpenEnvelope {
  const envelope = attempt(TxCode.INVALID_OTHER_REASON, () => unmarshal(common.Envelope, bytes));
  const payload = attempt(TxCode.BAD_PAYLOAD, () => unmarshal(common.Payload, envelope.getPayload_asU8()));
  const header = payload.getHeader();
  if (!header) {
    throw new InvalidTransaction(TxCode.BAD_COMMON_HEADER, 'header not set');
  }
  return attempt(TxCode.BAD_COMMON_HEADER, () => {
    const signatureHeader = unmarshal(common.SignatureHeader, header.getSignatureHeader_asU8());
    return {
      header,
      channelHeader: unmarshal(common.ChannelHeader, header.getChannelHeader_asU8()),
      signatureHeader,
      data: payload.getData_asU8(),
      signed: {
        data: envelope.getPayload_asU8(),
        identity: signatureHeader.getCreator_asU8(),
        signature: envelope.getSignature_asU8(),
      },
    };
  });
}

/** Hex SHA-256 of nonce and creator: the only transaction id that a creator may use. */
export function transactionId(signatureHeader: common.SignatureHeader): string {
  return sha256(signatureHeader.getNonce_asU8(), signatureHeader.getCreator_asU8()).toString('hex');
}

/** Hash over headers and the proposal payload without its transient part. */
export function proposalHash(header: common.Header, payloadWithoutTransient: Uint8Array): Buffer {
  return sha256(header.getChannelHeader_asU8(), header.getSignatureHeader_asU8(), payloadWithoutTransient);
}

/** What an endorsed transaction is made of: the proposal's header, its payload without the transient part, and what the peers answered. */
interface Endorsed {
  readonly header: common.Header;
  readonly proposal: Uint8Array;
  readonly payload: Uint8Array;
  readonly endorsements: peer.Endorsement[];
}

/** The envelope of an endorsed transaction, without the signature of its creator. */
export function transactionEnvelope({ header, proposal, payload, endorsements }: Endorsed): common.Envelope {
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(payload);
  endorsed.setEndorsementsList(endorsements);
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(proposal);
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  const content = new common.Payload();
  content.setHeader(header);
  content.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(content.serializeBinary());
  return envelope;
}

/** Reads and checks an envelope of a block. Throws InvalidTransaction. */
export function readTransaction(bytes: Uint8Array, isKnown: (txId: string) => boolean): Transaction {
  const envelope = openEnvelope(bytes);
  checkHeaders(envelope);
  const { channelHeader, signatureHeader } = envelope;
  if (channelHeader.getTxId() !== transactionId(signatureHeader)) {
    throw new InvalidTransaction(TxCode.BAD_PROPOSAL_TXID, 'transaction id does not match nonce and creator');
  }
  const action = readAction(envelope);
  if (isKnown(channelHeader.getTxId())) {
    throw new InvalidTransaction(TxCode.DUPLICATE_TXID, 'transaction id is on the ledger');
  }
  return readContent(envelope, action);
}

function isComplete(signatureHeader: common.SignatureHeader): boolean {
  return signatureHeader.getNonce_asU8().length > 0 && signatureHeader.getCreator_asU8().length > 0;
}

/** Creator, signature and channel are not looked at again: the ordering service has, by the same rules. */
function checkHeaders({ channelHeader, signatureHeader }: OpenEnvelope): void {
  const isEndorserTransaction = channelHeader.getType() === common.HeaderType.ENDORSER_TRANSACTION;
  if (!isEndorserTransaction || channelHeader.getEpoch() !== 0 || !isComplete(signatureHeader)) {
    throw new InvalidTransaction(TxCode.BAD_COMMON_HEADER, 'header of an unknown type, epoch not 0, or no creator');
  }
}

interface Action {
  readonly responsePayload: Uint8Array;
  readonly response: peer.ProposalResponsePayload;
  readonly endorsements: readonly peer.Endorsement[];
}

function readAction({ header, data }: OpenEnvelope): Action {
  const code = TxCode.INVALID_ENDORSER_TRANSACTION;
  return attempt(code, () => {
    const actions = unmarshal(peer.Transaction, data).getActionsList();
    const [action] = actions;
    if (!action || actions.length !== 1) {
      throw new InvalidTransaction(
        code,
        `only one action per transaction is supported, tx contains ${String(actions.length)}`,
      );
    }
    const payload = unmarshal(peer.ChaincodeActionPayload, action.getPayload_asU8());
    const endorsed = payload.getAction() ?? new peer.ChaincodeEndorsedAction();
    const response = unmarshal(peer.ProposalResponsePayload, endorsed.getProposalResponsePayload_asU8());
    const actionHeader = new common.Header();
    actionHeader.setChannelHeader(header.getChannelHeader_asU8());
    actionHeader.setSignatureHeader(action.getHeader_asU8());
    const signatureHeader = unmarshal(common.SignatureHeader, action.getHeader_asU8());
    const hash = proposalHash(actionHeader, payload.getChaincodeProposalPayload_asU8());
    if (!isComplete(signatureHeader) || !hash.equals(response.getProposalHash_asU8())) {
      throw new InvalidTransaction(code, 'proposal hash does not match');
    }
    return {
      responsePayload: endorsed.getProposalResponsePayload_asU8(),
      response,
      endorsements: endorsed.getEndorsementsList(),
    };
  });
}

function readContent(
  { channelHeader }: OpenEnvelope,
  { responsePayload, response, endorsements }: Action,
): Transaction {
  const extension = attempt(TxCode.BAD_HEADER_EXTENSION, () =>
    unmarshal(peer.ChaincodeHeaderExtension, channelHeader.getExtension_asU8()),
  );
  const content = attempt(TxCode.BAD_RESPONSE_PAYLOAD, () =>
    unmarshal(peer.ChaincodeAction, response.getExtension_asU8()),
  );
  const namespaces = attempt(TxCode.BAD_RWSET, () => readSets(content.getResults_asU8()));
  const chaincode = checkChaincode(extension.getChaincodeId(), content.getChaincodeId());
  const event = readEvent(content.getEvents_asU8(), chaincode);
  if (new Set(namespaces.map(({ namespace }) => namespace)).size !== namespaces.length) {
    throw new InvalidTransaction(TxCode.ILLEGAL_WRITESET, 'duplicate namespace in the read/write set');
  }
  return {
    txId: channelHeader.getTxId(),
    chaincode,
    namespaces,
    event,
    endorsements: endorsements.map((endorsement) => ({
      data: Buffer.concat([responsePayload, endorsement.getEndorser_asU8()]),
      identity: endorsement.getEndorser_asU8(),
      signature: endorsement.getSignature_asU8(),
    })),
  };
}

function checkChaincode(asked: peer.ChaincodeID | undefined, endorsed: peer.ChaincodeID | undefined): string {
  if (!asked || !endorsed) {
    throw new InvalidTransaction(TxCode.INVALID_OTHER_REASON, 'nil ChaincodeId');
  }
  if (asked.getName() !== endorsed.getName() || endorsed.getVersion() === '') {
    throw new InvalidTransaction(TxCode.INVALID_CHAINCODE, 'chaincode name or version missing or inconsistent');
  }
  return asked.getName();
}

function readEvent(bytes: Uint8Array, chaincode: string): peer.ChaincodeEvent | undefined {
  if (bytes.length === 0) {
    return undefined;
  }
  const event = attempt(TxCode.INVALID_OTHER_REASON, () => unmarshal(peer.ChaincodeEvent, bytes));
  if (event.getChaincodeId() !== chaincode) {
    throw new InvalidTransaction(TxCode.INVALID_OTHER_REASON, 'event of another chaincode');
  }
  return event;
}

/** The read/write sets of a transaction by namespace. */
export function readSets(bytes: Uint8Array): NamespaceSet[] {
  return unmarshal(ledger.rwset.TxReadWriteSet, bytes)
    .getNsRwsetList()
    .map((set) => ({
      namespace: set.getNamespace(),
      kv: unmarshal(ledger.rwset.kvrwset.KVRWSet, set.getRwset_asU8()),
      collections: set.getCollectionHashedRwsetList().map((collection) => ({
        name: collection.getCollectionName(),
        hashed: unmarshal(ledger.rwset.kvrwset.HashedRWSet, collection.getHashedRwset_asU8()),
        privateHash: collection.getPvtRwsetHash_asU8(),
      })),
    }));
}

/** Runs a decoder; what it throws becomes the given code. */
function attempt<T>(code: TxCode, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw error instanceof InvalidTransaction ? error : new InvalidTransaction(code, messageOf(error));
  }
}
