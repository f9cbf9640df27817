// A filtered block, for callers who may not read its content: ids, types and codes, and events without their payload.
import { common, peer } from '@hyperledger/fabric-protos';
import { chaincodeActionOf, openEnvelope } from '../ledger/transaction.js';

const ENDORSER_TRANSACTION = common.HeaderType.ENDORSER_TRANSACTION;

/** Events of invalid transactions are among them, as in Fabric. */
export function filteredBlock(block: common.Block): peer.FilteredBlock {
  const filtered = new peer.FilteredBlock();
  filtered.setNumber(block.getHeader()?.getNumber() ?? 0);
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  block
    .getData()
    ?.getDataList_asU8()
    .forEach((envelope, tx) => {
      const { channelHeader, data } = openEnvelope(envelope);
      filtered.setChannelId(channelHeader.getChannelId());
      const transaction = new peer.FilteredTransaction();
      transaction.setTxid(channelHeader.getTxId());
      transaction.setType(channelHeader.getType() as typeof ENDORSER_TRANSACTION);
      transaction.setTxValidationCode((codes?.[tx] ?? 0) as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]);
      if (channelHeader.getType() === ENDORSER_TRANSACTION) {
        transaction.setTransactionActions(actions(data));
      }
      filtered.addFilteredTransactions(transaction);
    });
  return filtered;
}

function actions(data: Uint8Array): peer.FilteredTransactionActions {
  const result = new peer.FilteredTransactionActions();
  const event = peer.ChaincodeEvent.deserializeBinary(chaincodeActionOf(data).getEvents_asU8());
  if (event.getChaincodeId() !== '') {
    event.setPayload(new Uint8Array());
    const action = new peer.FilteredChaincodeAction();
    action.setChaincodeEvent(event);
    result.addChaincodeActions(action);
  }
  return result;
}
