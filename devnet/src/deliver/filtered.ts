// A filtered block, for callers who may not read its content: ids, types and codes, and events without their payload.
import { common, peer } from '@hyperledger/fabric-protos';
import { unmarshal } from '../decode.js';

const ENDORSER_TRANSACTION = common.HeaderType.ENDORSER_TRANSACTION;

/**
 * Events of invalid transactions are among them, as in Fabric. Throws when a part of a transaction is no message: then nothing of
 * the block can be shown.
 */
export function filteredBlock(block: common.Block): peer.FilteredBlock {
  const filtered = new peer.FilteredBlock();
  filtered.setNumber(block.getHeader()?.getNumber() ?? 0);
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  block
    .getData()
    ?.getDataList_asU8()
    .forEach((bytes, tx) => {
      const envelope = common.Envelope.deserializeBinary(bytes); // the ordering service has read it
      const payload = unmarshal(common.Payload, envelope.getPayload_asU8());
      const header = unmarshal(common.ChannelHeader, payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array());
      filtered.setChannelId(header.getChannelId());
      const transaction = new peer.FilteredTransaction();
      transaction.setTxid(header.getTxId());
      transaction.setType(header.getType() as typeof ENDORSER_TRANSACTION);
      transaction.setTxValidationCode((codes?.[tx] ?? 0) as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]);
      if (header.getType() === ENDORSER_TRANSACTION) {
        transaction.setTransactionActions(actions(payload.getData_asU8()));
      }
      filtered.addFilteredTransactions(transaction);
    });
  return filtered;
}

function actions(data: Uint8Array): peer.FilteredTransactionActions {
  const result = new peer.FilteredTransactionActions();
  for (const action of unmarshal(peer.Transaction, data).getActionsList()) {
    const endorsed = unmarshal(peer.ChaincodeActionPayload, action.getPayload_asU8()).getAction();
    const event = endorsed && eventOf(endorsed);
    if (event && event.getChaincodeId() !== '') {
      event.setPayload(new Uint8Array());
      const shown = new peer.FilteredChaincodeAction();
      shown.setChaincodeEvent(event);
      result.addChaincodeActions(shown);
    }
  }
  return result;
}

function eventOf(endorsed: peer.ChaincodeEndorsedAction): peer.ChaincodeEvent {
  const response = unmarshal(peer.ProposalResponsePayload, endorsed.getProposalResponsePayload_asU8());
  const action = unmarshal(peer.ChaincodeAction, response.getExtension_asU8());
  return unmarshal(peer.ChaincodeEvent, action.getEvents_asU8());
}
