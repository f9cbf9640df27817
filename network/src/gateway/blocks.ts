/**
 * Reads a channel's blocks by the system query. If the organisations' books are closed, nobody gets block events. The query
 * gives the same blocks, with hashes in place of private values.
 */
import { common } from '@hyperledger/fabric-protos';
import { NetworkError, type UserConnection } from '../driver.js';
import { pause } from '../processes/wait.js';
import { PeerClient } from './peerClient.js';

const QSCC = 'qscc';
const AT_ONCE = 32;
const CATCH_UP_TIMEOUT_MS = 120_000;
const CATCH_UP_INTERVAL_MS = 100;

/** How many blocks the user's own peer has. @throws NetworkError when it does not say */
export async function readHeight(connection: UserConnection): Promise<number> {
  const client = await PeerClient.open(connection);
  try {
    return await heightOf(client, connection.channel);
  } finally {
    client.close();
  }
}

/** How many blocks the peer has. */
async function heightOf(client: PeerClient, channel: string): Promise<number> {
  return common.BlockchainInfo.deserializeBinary(await client.query(QSCC, ['GetChainInfo', channel])).getHeight();
}

/** The channel's first block as the user's own peer has it, serialized. @throws NetworkError when it does not give it */
export async function readFirstBlock(connection: UserConnection): Promise<Uint8Array> {
  const client = await PeerClient.open(connection);
  try {
    return await client.query(QSCC, ['GetBlockByNumber', connection.channel, '0']);
  } finally {
    client.close();
  }
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

/** Returns when the user's own peer has so many blocks. @throws NetworkError when they do not come, or the peer does not say */
export async function untilHeight(connection: UserConnection, height: number): Promise<void> {
  const deadline = Date.now() + CATCH_UP_TIMEOUT_MS;
  while ((await readHeight(connection)) < height) {
    if (Date.now() > deadline) {
      const seconds = String(CATCH_UP_TIMEOUT_MS / 1000);
      throw new NetworkError(
        `The peer at ${connection.endpoint} does not have ${String(height)} blocks after ${seconds} s.`,
      );
    }
    await pause(CATCH_UP_INTERVAL_MS);
  }
}
