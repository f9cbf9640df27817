/** The organisations that endorsed a transaction, read from the transaction itself. */
import { common, gateway, msp, peer } from '@hyperledger/fabric-protos';

/** MSP ids of the endorsers of a serialized gateway.PreparedTransaction, sorted. */
export function endorsersOf(prepared: Uint8Array): readonly string[] {
  const envelope = gateway.PreparedTransaction.deserializeBinary(prepared).getEnvelope();
  const payload = common.Payload.deserializeBinary(envelope?.getPayload_asU8() ?? new Uint8Array());
  const actions = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const endorsements = actions.flatMap((action) =>
    peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()).getAction()?.getEndorsementsList(),
  );
  const mspIds = endorsements.map((endorsement) =>
    msp.SerializedIdentity.deserializeBinary(endorsement?.getEndorser_asU8() ?? new Uint8Array()).getMspid(),
  );
  return [...new Set(mspIds)].sort();
}
