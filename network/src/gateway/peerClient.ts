/** A connection to one organisation's peer as one of its users: endorsement probes and system queries. */
import { readFile } from 'node:fs/promises';
import { gateway, peer } from '@hyperledger/fabric-protos';
import { credentials, type ServiceError } from '@grpc/grpc-js';
import { NetworkError, type UserConnection } from '../driver.js';
import { signedProposal } from './messages.js';
import { Signer } from './signer.js';

const ENDORSE_DEADLINE_MS = 20_000;
const QUERY_DEADLINE_MS = 60_000;
const SUCCESS = 200;

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
  readonly #endorser: peer.EndorserClient;

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
    this.#endorser = new peer.EndorserClient(connection.endpoint, channelCredentials, options);
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
    const proposal = signedProposal(this.#signer, { channel, chaincode, args: [PROBE_FUNCTION] });
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

  /**
   * What a chaincode of the peer's own, such as `qscc`, answers to a query. This peer answers, and no other.
   * @throws NetworkError when it refuses
   */
  query(chaincode: string, args: readonly string[]): Promise<Uint8Array> {
    const { channel, endpoint } = this.#connection;
    const { message } = signedProposal(this.#signer, { channel, chaincode, args });
    const deadline = Date.now() + QUERY_DEADLINE_MS;
    return new Promise((resolve, reject) => {
      const fail = (why: string, cause?: ServiceError): void => {
        reject(
          new NetworkError(`The peer at ${endpoint} did not answer ${chaincode} ${args.join(' ')}: ${why}`, { cause }),
        );
      };
      this.#endorser.processProposal(message, { deadline }, (error, reply) => {
        const response = reply?.getResponse();
        if (error !== null) fail(error.message, error);
        else if (response?.getStatus() !== SUCCESS) fail(response?.getMessage() ?? 'without a response');
        else resolve(response.getPayload_asU8());
      });
    });
  }

  /** Ends the connection. */
  close(): void {
    this.#gateway.close();
    this.#endorser.close();
  }
}
