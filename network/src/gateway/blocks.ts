/**
 * Reads a channel's blocks by the system query. If the organisations' books are closed, nobody gets block events. The query
 * gives the same blocks, with hashes in place of private values.
 */
import { common } from '@hyperledger/fabric-protos';
import type { UserConnection } from '../driver.js';
import { PeerClient } from './peerClient.js';

const QSCC = 'qscc';
const AT_ONCE = 32;

/** How many blocks the peer has. */
async function heightOf(client: PeerClient, channel: string): Promise<number> {
  return common.BlockchainInfo.deserializeBinary(await client.query(QSCC, ['GetChainInfo', channel])).getHeight();
}

/** Every block of the channel from 0 as the user's own peer has it, serialized. @throws NetworkError when it does not give them */
export async function readBlocks(connection: UserConnection): Promise<readonly Uint8Array[]> {
  const { channel } = connection;
  const client = await PeerClient.open(connection);
  try {
    const height = await heightOf(client, channel);
    const blocks: Uint8Array[] = [];
    while (blocks.length < height) {
      const next = Array.from({ length: Math.min(AT_ONCE, height - blocks.length) }, (_, index) =>
        client.query(QSCC, ['GetBlockByNumber', channel, String(blocks.length + index)]),
      );
      blocks.push(...(await Promise.all(next)));
    }
    return blocks;
  } finally {
    client.close();
  }
}
