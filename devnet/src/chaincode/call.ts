// One call of a chaincode within a transaction, and how its answer is read.
import { peer } from '@hyperledger/fabric-protos';
import { unmarshal, within } from '../decode.js';
import type { Identity } from '../identity/membership.js';
import type { Simulator } from '../ledger/simulator.js';

export interface ChaincodeCall {
  readonly channel: string;
  readonly txId: string;
  readonly chaincode: string;
  /** A serialized ChaincodeInput. */
  readonly input: Uint8Array;
  readonly signedProposal: peer.SignedProposal;
  readonly creator: Identity | undefined;
  /** Shared by all chaincodes that the transaction calls. */
  readonly simulator: Simulator;
}

export interface ChaincodeResult {
  readonly response: peer.Response;
  readonly event: peer.ChaincodeEvent | undefined;
}

/** Runs another chaincode (a serialized ChaincodeSpec says which) and gives its last message. */
export type InvokeChaincode = (spec: Uint8Array) => Promise<Uint8Array>;

/** What the transaction's first chaincode answered. Throws when that is the end of the transaction. */
export function readResult(call: ChaincodeCall, message: peer.ChaincodeMessage): ChaincodeResult {
  if (message.getType() === peer.ChaincodeMessage.Type.ERROR) {
    throw new Error(`transaction returned with failure: ${Buffer.from(message.getPayload_asU8()).toString()}`);
  }
  const event = message.getChaincodeEvent();
  event?.setChaincodeId(call.chaincode);
  event?.setTxId(call.txId);
  const response = within(`failed to unmarshal response for transaction ${call.txId}`, () =>
    unmarshal(peer.Response, message.getPayload_asU8()),
  );
  return { response, event };
}
