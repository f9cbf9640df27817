// A definition goes onto the ledger as a transaction of its own, signed by peers, so that it has a version to be read at.
import { randomBytes } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Channel } from './channel.js';
import { signaturePolicy } from './identity/policy.js';
import { checkCollectionPolicies } from './ledger/collection.js';
import { definitionIn, definitionWrites, LIFECYCLE, type ChaincodeDefinition } from './ledger/definition.js';
import { checkDefinition } from './ledger/definitionCheck.js';
import { RwsetBuilder } from './ledger/rwsetBuilder.js';
import type { StateDb } from './ledger/state.js';
import { proposalHash, transactionEnvelope, transactionId } from './ledger/transaction.js';
import type { ChaincodeDefinitionOptions } from './options.js';
import type { Signer } from './orderer/blockWriter.js';

/** The definition that follows the committed one of the same name. Throws when it may not be: a name, the version, the policy or a collection. */
export function nextDefinition(
  options: ChaincodeDefinitionOptions,
  channel: Channel,
  state: StateDb,
): ChaincodeDefinition {
  if (options.endorsementPolicy) {
    signaturePolicy(options.endorsementPolicy); // better here than when the first transaction is validated
  }
  const { name, version = '1.0', collections = new Uint8Array() } = options;
  const committed = definitionIn(state, name);
  const stated = peer.CollectionConfigPackage.deserializeBinary(collections);
  checkDefinition({ name, version, collections: stated }, channel, committed);
  checkCollectionPolicies(stated, channel);
  return {
    name,
    sequence: (committed?.sequence ?? 0) + 1,
    version,
    signaturePolicy: options.endorsementPolicy,
    initRequired: options.initRequired ?? false,
    collections,
  };
}

/** The signed envelope that writes the definition; the first endorser is also its creator. */
export function definitionEnvelope(
  channel: string,
  definition: ChaincodeDefinition,
  state: StateDb,
  endorsers: readonly Signer[],
): common.Envelope {
  const [creator] = endorsers;
  if (!creator) {
    throw new Error('a definition needs at least one endorser');
  }
  const builder = new RwsetBuilder();
  const writes = definitionWrites(definition, (key) => state.getPublic(LIFECYCLE, key)?.value);
  writes.forEach((value, key) => {
    builder.write(LIFECYCLE, key, value);
  });
  const id = new peer.ChaincodeID();
  id.setName(LIFECYCLE);
  id.setVersion('syscc');
  const header = newHeader(channel, creator, id);
  const proposal = commitProposal(definition, id);
  const payload = responsePayload(proposalHash(header, proposal), builder.build().publicBytes, id);
  return signedEnvelope(header, proposal, payload, endorsers, creator);
}

/** The header of a new transaction that calls a chaincode. */
export function newHeader(channel: string, creator: Signer, id: peer.ChaincodeID): common.Header {
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator.identity);
  signatureHeader.setNonce(randomBytes(24));
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(Timestamp.fromDate(new Date()));
  channelHeader.setTxId(transactionId(signatureHeader));
  channelHeader.setExtension$(extension.serializeBinary());
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return header;
}

function commitProposal(definition: ChaincodeDefinition, id: peer.ChaincodeID): Uint8Array {
  const args = new peer.lifecycle.CommitChaincodeDefinitionArgs();
  args.setSequence(definition.sequence);
  args.setName(definition.name);
  args.setVersion(definition.version);
  const input = new peer.ChaincodeInput();
  input.setArgsList([Buffer.from('CommitChaincodeDefinition'), args.serializeBinary()]);
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  return payload.serializeBinary();
}

function responsePayload(hash: Uint8Array, results: Uint8Array, id: peer.ChaincodeID): Uint8Array {
  const response = new peer.Response();
  response.setStatus(200);
  const action = new peer.ChaincodeAction();
  action.setResults(results);
  action.setResponse(response);
  action.setChaincodeId(id);
  const payload = new peer.ProposalResponsePayload();
  payload.setProposalHash(hash);
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

function signedEnvelope(
  header: common.Header,
  proposal: Uint8Array,
  payload: Uint8Array,
  endorsers: readonly Signer[],
  creator: Signer,
): common.Envelope {
  const endorsements = endorsers.map((endorser) => {
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(endorser.identity);
    endorsement.setSignature(endorser.sign(Buffer.concat([payload, endorser.identity])));
    return endorsement;
  });
  const envelope = transactionEnvelope({ header, proposal, payload, endorsements });
  envelope.setSignature(creator.sign(envelope.getPayload_asU8()));
  return envelope;
}
