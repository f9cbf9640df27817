/** Asks a peer whether it gives private values to somebody who asks for blocks. */
import { readFile } from 'node:fs/promises';
import { credentials } from '@grpc/grpc-js';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import type { UserConnection } from '../driver.js';
import { signedEnvelope } from './envelope.js';
import { Signer } from './signer.js';

const DEADLINE_MS = 5_000;

/** A peer's answer to the question. */
export type Books =
  | { readonly state: 'closed' }
  | { readonly state: 'open' }
  /** It did not say: it is stopped, or it answered something else. */
  | { readonly state: 'unknown'; readonly reason: string };

function seekNewest(): orderer.SeekInfo {
  const newest = new orderer.SeekPosition();
  newest.setNewest(new orderer.SeekNewest());
  const seek = new orderer.SeekInfo();
  seek.setStart(newest);
  seek.setStop(newest);
  return seek;
}

function booksBy(response: peer.DeliverResponse): Books {
  if (response.hasBlockAndPrivateData()) return { state: 'open' };
  const status = response.getStatus();
  if (status === common.Status.FORBIDDEN) return { state: 'closed' };
  return { state: 'unknown', reason: `the peer answered status ${String(status)}` };
}

/** Asks the user's own peer for its newest block with private values, as that user. */
export async function booksOf(connection: UserConnection): Promise<Books> {
  const { endpoint, hostAlias, channel } = connection;
  const [signer, root] = await Promise.all([Signer.load(connection), readFile(connection.tlsRootCertPath)]);
  const client = new peer.DeliverClient(endpoint, credentials.createSsl(root), {
    'grpc.ssl_target_name_override': hostAlias,
    'grpc.max_receive_message_length': -1,
  });
  const type = common.HeaderType.DELIVER_SEEK_INFO;
  const stream = client.deliverWithPrivateData({ deadline: Date.now() + DEADLINE_MS });
  try {
    return await new Promise((resolve) => {
      stream.on('data', (response: peer.DeliverResponse) => {
        resolve(booksBy(response));
      });
      stream.on('error', ({ message }: Error) => {
        resolve({ state: 'unknown', reason: message });
      });
      stream.on('end', () => {
        resolve({ state: 'unknown', reason: 'the peer hung up' });
      });
      stream.write(signedEnvelope(signer, type, channel, seekNewest().serializeBinary()));
    });
  } finally {
    stream.cancel();
    client.close();
  }
}
