/** Configures the gateway SDK: one identity on one peer, with deadlines, a fast signer and large messages. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, type Commit, type Contract, type Gateway, type Network } from '@hyperledger/fabric-gateway';
import { gateway as protos, msp } from '@hyperledger/fabric-protos';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { BooksGuard, type BooksOptions } from './closedBooks/guard.js';
import { askForPrivateBlock } from './closedBooks/privateBlock.js';
import type { Connection } from './connection.js';
import { newP256Signer, type MessageSigner } from './signer.js';

/** Deadlines of the gateway calls, in milliseconds. */
export interface Deadlines {
  readonly evaluateMs: number;
  readonly endorseMs: number;
  readonly submitMs: number;
  readonly commitStatusMs: number;
}

/** A call to a stopped peer takes as long as the endorse deadline, so the deadline is short. */
export const DEFAULT_DEADLINES: Deadlines = {
  evaluateMs: 5_000,
  endorseMs: 10_000,
  submitMs: 5_000,
  commitStatusMs: 60_000,
};

/** An open gateway. */
export interface Transport {
  readonly mspId: string;
  readonly channel: string;
  readonly network: Network;
  readonly contract: Contract;
  readonly gateway: Gateway;
  /** Asked before anything is planned or sent. */
  readonly books: BooksGuard;
  /** A commit status request for a transaction of this identity, sent or not. */
  commitOf(transactionId: string): Commit;
  close(): void;
}

/** The parts that a caller can replace. */
export interface TransportOptions extends BooksOptions {
  readonly deadlines?: Partial<Deadlines>;
  /** Signs whole messages in place of the connection's private key, for example with an HSM. */
  readonly signer?: MessageSigner;
  /** A gRPC client that is shared between users of one peer. It is not closed with the transport. */
  readonly grpcClient?: Client;
}

function newGrpcClient({ endpoint, hostAlias, tlsRootCert }: Connection): Client {
  const secure =
    tlsRootCert === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(tlsRootCert));
  return new Client(endpoint, secure, {
    'grpc.max_receive_message_length': -1,
    'grpc.keepalive_time_ms': 120_000,
    'grpc.keepalive_timeout_ms': 20_000,
    // Without this setting, a peer that was away for long is tried again only after up to two minutes, and every call until then fails.
    'grpc.initial_reconnect_backoff_ms': 250,
    'grpc.max_reconnect_backoff_ms': 2_000,
    ...(hostAlias === undefined ? {} : { 'grpc.ssl_target_name_override': hostAlias }),
  });
}

function signerOf({ privateKey }: Connection): MessageSigner {
  if (privateKey === undefined) throw new TenorError('CONFIGURATION', { problem: 'give a private key or a signer' });
  return newP256Signer(keyOf(privateKey));
}

function keyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new TenorError('CONFIGURATION', { problem: 'the private key is not in PEM' }, { cause });
  }
}

/** Opens a gateway. No call is made yet. @throws TenorError CONFIGURATION */
export function openTransport(connection: Connection, options: TransportOptions = {}): Transport {
  const { mspId, channel } = connection;
  const deadlines = { ...DEFAULT_DEADLINES, ...options.deadlines };
  const within = (ms: number) => () => ({ deadline: Date.now() + ms });
  const client = options.grpcClient ?? newGrpcClient(connection);
  const certificate = Buffer.from(connection.certificate);
  const signer = options.signer ?? signerOf(connection);
  const gateway = connect({
    ...{ client, identity: { mspId, credentials: certificate }, hash: hash.none, signer },
    evaluateOptions: within(deadlines.evaluateMs),
    endorseOptions: within(deadlines.endorseMs),
    submitOptions: within(deadlines.submitMs),
    commitStatusOptions: within(deadlines.commitStatusMs),
  });
  const network = gateway.getNetwork(channel);
  const asker = { client, network, signer, withinMs: deadlines.evaluateMs };
  const books = new BooksGuard(channel, options, {
    askForPrivateBlock: () => askForPrivateBlock(asker),
    readConfiguration: () =>
      network
        .getContract('cscc')
        .evaluate('GetChannelConfig', { arguments: [channel], endorsingOrganizations: [mspId] }),
  });
  return {
    books,
    ...{ mspId, channel, gateway, network, contract: network.getContract(connection.chaincode) },
    commitOf: (transactionId) => gateway.newCommit(commitRequest(channel, transactionId, mspId, certificate)),
    close: () => {
      gateway.close();
      if (options.grpcClient === undefined) client.close();
    },
  };
}

function commitRequest(channel: string, transactionId: string, mspId: string, certificate: Uint8Array): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(certificate);
  const request = new protos.CommitStatusRequest();
  request.setChannelId(channel);
  request.setTransactionId(transactionId);
  request.setIdentity(identity.serializeBinary());
  const signed = new protos.SignedCommitStatusRequest();
  signed.setRequest(request.serializeBinary());
  return signed.serializeBinary();
}
