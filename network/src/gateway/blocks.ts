/**
 * Reading a channel's blocks by the system query. Block events are closed to everybody where the organisations' books are;
 * the query gives the same blocks, in which hashes stand for private values.
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

/** The blocks of the channel from a number on as the user's own peer has them, serialized. @throws NetworkError when it does not give them */
export async function readBlocks(connection: UserConnection, from = 0): Promise<readonly Uint8Array[]> {
  const { channel } = connection;
  const client = await PeerClient.open(connection);
  try {
    const height = await heightOf(client, channel);
    const blocks: Uint8Array[] = [];
    for (let first = from; first < height; first = from + blocks.length) {
      const next = Array.from({ length: Math.min(AT_ONCE, height - first) }, (_, index) =>
        client.query(QSCC, ['GetBlockByNumber', channel, String(first + index)]),
      );
      blocks.push(...(await Promise.all(next)));
    }
    return blocks;
  } finally {
    client.close();
  }
}
