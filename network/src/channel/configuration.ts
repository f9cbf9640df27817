/** The channel's configuration as a peer has it, and what is sent to change it. */
import { common } from '@hyperledger/fabric-protos';
import type { UserConnection } from '../driver.js';
import { signedEnvelope } from '../gateway/envelope.js';
import { PeerClient } from '../gateway/peerClient.js';
import type { Signer } from '../gateway/signer.js';
import type { Update } from './updateFile.js';

/** The configuration in force, as the user's own peer has it. @throws NetworkError when the peer does not give it */
export async function configurationOf(connection: UserConnection): Promise<common.Config> {
  const client = await PeerClient.open(connection);
  try {
    return common.Config.deserializeBinary(await client.query('cscc', ['GetChannelConfig', connection.channel]));
  } finally {
    client.close();
  }
}

/** What is sent to the ordering node: the update with its signatures, in an envelope that whoever sends it signs. */
export function updateEnvelope({ content, signatures }: Update, channel: string, sender: Signer): common.Envelope {
  const data = new common.ConfigUpdateEnvelope();
  data.setConfigUpdate(content);
  data.setSignaturesList([...signatures]);
  return signedEnvelope(sender, common.HeaderType.CONFIG_UPDATE, channel, data.serializeBinary());
}
