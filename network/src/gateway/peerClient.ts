/** A connection to one organisation's peer as its administrator: endorsement probes and raw blocks. */
import { readFile } from 'node:fs/promises';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { credentials, type ServiceError } from '@grpc/grpc-js';
import { NetworkError, type UserConnection } from '../driver.js';
import { seekAllBlocks, signedProposal } from './messages.js';
import { Signer } from './signer.js';

const ENDORSE_DEADLINE_MS = 20_000;
const BLOCKS_DEADLINE_MS = 120_000;

// What shows that the way to the chaincode is open, though it refuses: its own words, or that it was not initialised yet.
const ANSWERS = ['chaincode response ', 'must call as init first'] as const;

// The contract API answers it without a write; any other chaincode at least answers.
const PROBE_FUNCTION = 'org.hyperledger.fabric:GetMetadata';

/** Why a probe failed, with what each endorser said. */
function explain(error: ServiceError): string {
  const details = error.metadata.get('grpc-status-details-bin').map((bytes) => {
    // The status message repeats inside; the readable parts are enough for people.
    return Buffer.from(bytes)
      .toString('latin1')
      .replace(/[^\x20-\x7e]+/g, ' ');
  });
  return [error.message, ...details].join(' ');
}

/** What an endorsement probe says: endorsed or answered by the chaincode, or the reason why not. */
export type ProbeResult = { readonly ready: true } | { readonly ready: false; readonly reason: string };

/** Talks to one peer. Close it after use. */
export class PeerClient {
  readonly #connection: UserConnection;
  readonly #signer: Signer;
  readonly #gateway: gateway.GatewayClient;
  readonly #deliver: peer.DeliverClient;

  private constructor(connection: UserConnection, signer: Signer, tlsRoot: Buffer) {
    this.#connection = connection;
    this.#signer = signer;
    const channelCredentials = credentials.createSsl(tlsRoot);
    const options = {
      'grpc.ssl_target_name_override': connection.hostAlias,
      'grpc.max_receive_message_length': -1,
      // A peer may still be starting: look again soon.
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 500,
    };
    this.#gateway = new gateway.GatewayClient(connection.endpoint, channelCredentials, options);
    this.#deliver = new peer.DeliverClient(connection.endpoint, channelCredentials, options);
  }

  /** Reads the user's files. The connection itself is made on first use. */
  static async open(connection: UserConnection): Promise<PeerClient> {
    const [signer, tlsRoot] = await Promise.all([Signer.load(connection), readFile(connection.tlsRootCertPath)]);
    return new PeerClient(connection, signer, tlsRoot);
  }

  /**
   * Asks this peer's gateway to have a chaincode call endorsed. Nothing is submitted. A refusal by the chaincode itself
   * counts as ready: it shows that the way to it is open.
   * @param organizations MSP ids of the endorsers; none: by the chaincode's own policy
   */
  probe(chaincode: string, organizations: readonly string[]): Promise<ProbeResult> {
    const { channel } = this.#connection;
    const proposal = signedProposal(this.#signer, channel, chaincode, PROBE_FUNCTION);
    const request = new gateway.EndorseRequest();
    request.setTransactionId(proposal.transactionId);
    request.setChannelId(channel);
    request.setProposedTransaction(proposal.message);
    request.setEndorsingOrganizationsList([...organizations]);
    const deadline = Date.now() + ENDORSE_DEADLINE_MS;
    return new Promise((resolve) => {
      this.#gateway.endorse(request, { deadline }, (error) => {
        const reason = error === null ? '' : explain(error);
        const ready = error === null || ANSWERS.some((answer) => reason.includes(answer));
        resolve(ready ? { ready } : { ready, reason });
      });
    });
  }

  /** Every block of the channel from 0, serialized. @throws NetworkError when the peer does not deliver them */
  blocks(): Promise<readonly Uint8Array[]> {
    const { channel, endpoint } = this.#connection;
    const stream = this.#deliver.deliver({ deadline: Date.now() + BLOCKS_DEADLINE_MS });
    const blocks: Uint8Array[] = [];
    return new Promise((resolve, reject) => {
      const fail = (why: string, cause?: unknown): void => {
        reject(new NetworkError(`The peer at ${endpoint} did not deliver its blocks: ${why}`, { cause }));
      };
      stream.on('data', (response: peer.DeliverResponse) => {
        const block = response.getBlock();
        if (block !== undefined) {
          blocks.push(block.serializeBinary());
          return;
        }
        stream.end();
        if (response.getStatus() === common.Status.SUCCESS) resolve(blocks);
        else fail(`status ${String(response.getStatus())}`);
      });
      stream.on('error', (cause) => {
        fail(cause.message, cause);
      });
      stream.write(seekAllBlocks(this.#signer, channel));
    });
  }

  /** Ends the connection. */
  close(): void {
    this.#gateway.close();
    this.#deliver.close();
  }
}
