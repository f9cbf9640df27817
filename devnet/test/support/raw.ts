// Below the SDK: proposals with wrong parts, transactions that nobody would assemble, and calls without a client library.
import { createHash, randomBytes } from 'node:crypto';
import type { ServiceError } from '@grpc/grpc-js';
import { common, gateway, msp, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Engine } from 'tenor-devnet';
import type { TestIdentity } from '../../../test/support/testIdentities.js';
import type { Step } from './scriptChaincode.js';
import { CHAINCODE, CHANNEL, signerOf } from './world.js';

type Message = { serializeBinary(): Uint8Array };
type Sign = (message: Uint8Array) => Promise<Uint8Array>;

export interface ProposalParts {
  readonly creator: TestIdentity;
  readonly steps?: readonly Step[];
  readonly channel?: string;
  readonly chaincode?: string;
  readonly timestamp?: Date;
  readonly txId?: string;
  readonly epoch?: number;
  readonly mspId?: string;
  readonly sign?: Sign;
  readonly isInit?: boolean;
}

/** A signed proposal, right but for the parts that are given. */
export async function signedProposal(parts: ProposalParts): Promise<{ signed: peer.SignedProposal; txId: string }> {
  const creator = serialize(parts.mspId ?? parts.creator.mspId, parts.creator);
  const nonce = randomBytes(24);
  const txId = parts.txId ?? createHash('sha256').update(nonce).update(creator).digest('hex');
  const id = new peer.ChaincodeID();
  id.setName(parts.chaincode ?? CHAINCODE);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(parts.channel ?? CHANNEL);
  channelHeader.setTxId(txId);
  channelHeader.setEpoch(parts.epoch ?? 0);
  channelHeader.setTimestamp(Timestamp.fromDate(parts.timestamp ?? new Date()));
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payloadOf(id, parts.steps ?? [], parts.isInit ?? false));
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(await (parts.sign ?? signerOf(parts.creator))(signed.getProposalBytes_asU8()));
  return { signed, txId };
}

function payloadOf(id: peer.ChaincodeID, steps: readonly Step[], isInit: boolean): Uint8Array {
  const input = new peer.ChaincodeInput();
  input.setIsInit(isInit);
  input.setArgsList([Buffer.from('run'), Buffer.from(JSON.stringify(steps))]);
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  return payload.serializeBinary();
}

export function serialize(mspId: string, { certPem }: TestIdentity): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certPem));
  return identity.serializeBinary();
}

/** A unary call of the gateway; rejects with the service error. */
export function call<A>(
  engine: Engine,
  mspId: string,
  method: string,
  request: Message,
  decode: (bytes: Uint8Array) => A,
  timeoutMs = 5000,
): Promise<A> {
  return new Promise((resolve, reject) => {
    engine.inProcessClient(mspId).makeUnaryRequest(
      `/gateway.Gateway/${method}`,
      (message: Message) => Buffer.from(message.serializeBinary()),
      decode,
      request,
      { deadline: Date.now() + timeoutMs },
      (error: ServiceError | null, value?: A) => {
        if (error || value === undefined) {
          reject(error ?? new Error('no value'));
        } else {
          resolve(value);
        }
      },
    );
  });
}

export async function evaluateRaw(engine: Engine, mspId: string, parts: ProposalParts): Promise<unknown> {
  const { signed, txId } = await signedProposal(parts);
  const request = new gateway.EvaluateRequest();
  request.setTransactionId(txId);
  request.setChannelId(parts.channel ?? CHANNEL);
  request.setProposedTransaction(signed);
  return call(engine, mspId, 'Evaluate', request, (bytes) => gateway.EvaluateResponse.deserializeBinary(bytes));
}

export async function endorseRaw(
  engine: Engine,
  mspId: string,
  parts: ProposalParts & { readonly endorsers?: readonly string[] },
): Promise<{ envelope: common.Envelope; txId: string; signed: peer.SignedProposal }> {
  const { signed, txId } = await signedProposal(parts);
  const request = new gateway.EndorseRequest();
  request.setTransactionId(txId);
  request.setChannelId(parts.channel ?? CHANNEL);
  request.setProposedTransaction(signed);
  request.setEndorsingOrganizationsList([...(parts.endorsers ?? [])]);
  const response = await call(engine, mspId, 'Endorse', request, (bytes) =>
    gateway.EndorseResponse.deserializeBinary(bytes),
  );
  return { envelope: response.getPreparedTransaction() ?? new common.Envelope(), txId, signed };
}

/** Signs the envelope as it stands and hands it to the orderer. */
export async function submitRaw(
  engine: Engine,
  mspId: string,
  envelope: common.Envelope,
  signer: TestIdentity,
  channel = CHANNEL,
): Promise<void> {
  const signed = envelope.cloneMessage();
  signed.setSignature(await signerOf(signer)(signed.getPayload_asU8()));
  await orderRaw(engine, mspId, signed, channel);
}

/** Hands the envelope to the orderer with whatever signature it has. */
export async function orderRaw(
  engine: Engine,
  mspId: string,
  envelope: common.Envelope,
  channel = CHANNEL,
): Promise<void> {
  const request = new gateway.SubmitRequest();
  request.setChannelId(channel);
  request.setPreparedTransaction(envelope);
  await call(engine, mspId, 'Submit', request, (bytes) => gateway.SubmitResponse.deserializeBinary(bytes));
}

export interface StatusParts {
  readonly channel?: string;
  readonly sign?: Sign;
  readonly timeoutMs?: number;
}

/** The validation code of a transaction, once it is on the ledger. */
export async function statusRaw(
  engine: Engine,
  mspId: string,
  txId: string,
  creator: TestIdentity,
  { channel = CHANNEL, sign = signerOf(creator), timeoutMs = 5000 }: StatusParts = {},
): Promise<number> {
  const request = new gateway.CommitStatusRequest();
  request.setChannelId(channel);
  request.setTransactionId(txId);
  request.setIdentity(serialize(creator.mspId, creator));
  const signed = new gateway.SignedCommitStatusRequest();
  signed.setRequest(request.serializeBinary());
  signed.setSignature(await sign(signed.getRequest_asU8()));
  const response = await call(
    engine,
    mspId,
    'CommitStatus',
    signed,
    (bytes) => gateway.CommitStatusResponse.deserializeBinary(bytes),
    timeoutMs,
  );
  return response.getResult();
}

/** Endorses, orders and waits: the code under which the transaction went into its block. */
export async function codeOf(
  engine: Engine,
  mspId: string,
  parts: ProposalParts & { readonly endorsers?: readonly string[] },
): Promise<number> {
  const { envelope, txId } = await endorseRaw(engine, mspId, parts);
  await submitRaw(engine, mspId, envelope, parts.creator);
  return statusRaw(engine, mspId, txId, parts.creator);
}

/** The envelope with its endorsed action changed. */
export function withAction(
  envelope: common.Envelope,
  change: (action: peer.ChaincodeEndorsedAction, payload: peer.ChaincodeActionPayload) => void,
): common.Envelope {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const [item] = transaction.getActionsList();
  const content = peer.ChaincodeActionPayload.deserializeBinary(item?.getPayload_asU8() ?? new Uint8Array());
  const action = content.getAction() ?? new peer.ChaincodeEndorsedAction();
  change(action, content);
  content.setAction(action);
  item?.setPayload(content.serializeBinary());
  payload.setData(transaction.serializeBinary());
  const changed = new common.Envelope();
  changed.setPayload(payload.serializeBinary());
  return changed;
}

/** An endorsement of the response payload by any identity. */
export async function endorsement(responsePayload: Uint8Array, identity: TestIdentity): Promise<peer.Endorsement> {
  const endorser = serialize(identity.mspId, identity);
  const result = new peer.Endorsement();
  result.setEndorser(endorser);
  result.setSignature(await signerOf(identity)(Buffer.concat([responsePayload, endorser])));
  return result;
}

/** A policy over roles: `n` of the given principals, or of nested policies. */
export function policyOf(
  n: number,
  principals: readonly (readonly [mspId: string, role: keyof msp.MSPRole.MSPRoleTypeMap])[],
): Uint8Array {
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setIdentitiesList(
    principals.map(([mspId, role]) => {
      const wanted = new msp.MSPRole();
      wanted.setMspIdentifier(mspId);
      wanted.setRole(msp.MSPRole.MSPRoleType[role]);
      const principal = new msp.MSPPrincipal();
      principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
      principal.setPrincipal(wanted.serializeBinary());
      return principal;
    }),
  );
  const rules = new common.SignaturePolicy.NOutOf();
  rules.setN(n);
  rules.setRulesList(
    principals.map((_, index) => {
      const rule = new common.SignaturePolicy();
      rule.setSignedBy(index);
      return rule;
    }),
  );
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(rules);
  envelope.setRule(rule);
  return envelope.serializeBinary();
}

export interface CollectionParts {
  readonly name: string;
  readonly members: readonly string[];
  readonly memberOnlyRead?: boolean;
  readonly memberOnlyWrite?: boolean;
  readonly requiredPeerCount?: number;
  readonly maximumPeerCount?: number;
  readonly endorsementPolicy?: Uint8Array;
  readonly blockToLive?: number;
}

/** A serialized CollectionConfigPackage. */
export function collectionsOf(...collections: readonly CollectionParts[]): Uint8Array {
  const config = new peer.CollectionConfigPackage();
  config.setConfigList(
    collections.map((parts) => {
      const content = new peer.StaticCollectionConfig();
      content.setName(parts.name);
      const members = new peer.CollectionPolicyConfig();
      const policy = policyOf(
        1,
        parts.members.map((mspId) => [mspId, 'MEMBER'] as const),
      );
      members.setSignaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(policy));
      content.setMemberOrgsPolicy(members);
      content.setMemberOnlyRead(parts.memberOnlyRead ?? false);
      content.setMemberOnlyWrite(parts.memberOnlyWrite ?? false);
      content.setRequiredPeerCount(parts.requiredPeerCount ?? 0);
      content.setMaximumPeerCount(parts.maximumPeerCount ?? parts.requiredPeerCount ?? 0);
      content.setBlockToLive(parts.blockToLive ?? 0);
      if (parts.endorsementPolicy) {
        const endorsement = new peer.ApplicationPolicy();
        endorsement.setSignaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(parts.endorsementPolicy));
        content.setEndorsementPolicy(endorsement);
      }
      const each = new peer.CollectionConfig();
      each.setStaticCollectionConfig(content);
      return each;
    }),
  );
  return config.serializeBinary();
}

/** What a call was refused with. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
