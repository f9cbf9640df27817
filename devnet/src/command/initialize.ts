// The first call of a chaincode that must be initialised, as `peer chaincode invoke --isInit` makes it.
import type { Client, ServiceError } from '@grpc/grpc-js';
import { common, gateway, google, peer } from '@hyperledger/fabric-protos';
import { newHeader } from '../lifecycle.js';
import type { Signer } from '../orderer/blockWriter.js';

/** An administrator, and the gateway that he uses. */
export interface Caller {
  readonly client: Client;
  readonly signer: Signer;
}

export interface Initialization {
  readonly channel: string;
  readonly chaincode: string;
  readonly function: string;
  /** MSP ids of the organisations that endorse it. */
  readonly endorsers: readonly string[];
}

const TIMEOUT_MS = 60_000;

/** Calls the function as the chaincode's Init. Rejects when it was refused, or is not valid. */
export async function initialize({ client, signer }: Caller, call: Initialization): Promise<void> {
  const { channel, chaincode, endorsers } = call;
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const header = newHeader(channel, signer, id);
  const txId = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()).getTxId();
  const endorse = new gateway.EndorseRequest();
  endorse.setTransactionId(txId);
  endorse.setChannelId(channel);
  endorse.setProposedTransaction(signedProposal(header, initSpec(id, call.function), signer));
  endorse.setEndorsingOrganizationsList([...endorsers]);
  const endorsed = await unary(client, 'Endorse', endorse, (bytes) => gateway.EndorseResponse.deserializeBinary(bytes));
  const envelope = endorsed.getPreparedTransaction() ?? new common.Envelope();
  envelope.setSignature(signer.sign(envelope.getPayload_asU8()));
  const submit = new gateway.SubmitRequest();
  submit.setTransactionId(txId);
  submit.setChannelId(channel);
  submit.setPreparedTransaction(envelope);
  await unary(client, 'Submit', submit, (bytes) => gateway.SubmitResponse.deserializeBinary(bytes));
  const asked = new gateway.CommitStatusRequest();
  asked.setTransactionId(txId);
  asked.setChannelId(channel);
  asked.setIdentity(signer.identity);
  const request = new gateway.SignedCommitStatusRequest();
  request.setRequest(asked.serializeBinary());
  request.setSignature(signer.sign(request.getRequest_asU8()));
  const status = await unary(client, 'CommitStatus', request, (bytes) =>
    gateway.CommitStatusResponse.deserializeBinary(bytes),
  );
  if (status.getResult() !== peer.TxValidationCode.VALID) {
    throw new Error(`its transaction is not valid (code ${String(status.getResult())})`);
  }
}

function initSpec(id: peer.ChaincodeID, name: string): Uint8Array {
  const input = new peer.ChaincodeInput();
  input.setIsInit(true);
  input.setArgsList([Buffer.from(name)]);
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  return payload.serializeBinary();
}

function signedProposal(header: common.Header, payload: Uint8Array, signer: Signer): peer.SignedProposal {
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload);
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(signer.sign(signed.getProposalBytes_asU8()));
  return signed;
}

function unary<A>(
  client: Client,
  method: string,
  request: { serializeBinary(): Uint8Array },
  decode: (bytes: Uint8Array) => A,
): Promise<A> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      `/gateway.Gateway/${method}`,
      (message: typeof request) => Buffer.from(message.serializeBinary()),
      decode,
      request,
      { deadline: Date.now() + TIMEOUT_MS },
      (error, value) => {
        if (error || value === undefined) {
          reject(error ? new Error(reasonsOf(error), { cause: error }) : new Error(`${method} gave no answer`));
        } else {
          resolve(value);
        }
      },
    );
  });
}

/** What each peer said; the text of the whole where none is named. */
function reasonsOf({ details, metadata }: ServiceError): string {
  const [bytes] = metadata.get('grpc-status-details-bin');
  if (!(bytes instanceof Uint8Array)) {
    return details;
  }
  const reasons = google.rpc.Status.deserializeBinary(bytes)
    .getDetailsList()
    .map((each) => gateway.ErrorDetail.deserializeBinary(each.getValue_asU8()))
    .map((each) => `${each.getMspId()}: ${each.getMessage()}`);
  return reasons.length === 0 ? details : reasons.join('; ');
}
