/** Calls on the peers' services without a client library, so that a case sees codes, texts and details as they are sent. */
import { readFileSync } from 'node:fs';
import { credentials, Metadata, status, type Client, type ServiceError } from '@grpc/grpc-js';
import { common, gateway, orderer, peer } from '@hyperledger/fabric-protos';
import type { UserConnection } from '@tenor/network';
import { Any } from 'google-protobuf/google/protobuf/any_pb.js';
import { BinaryReader } from 'google-protobuf';

const MAX_MESSAGE_BYTES = 100 * 1024 * 1024;

/** One failed attempt, as the gateway lists it. */
export interface Detail {
  readonly mspId: string;
  readonly address: string;
  readonly message: string;
}

/** What a call was refused with. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly outcome: { readonly code: string; readonly message: string; readonly details: readonly Detail[] };

  constructor(error: ServiceError) {
    super(error.message);
    const details = detailsOf(error.metadata);
    this.outcome = { code: status[error.code], message: error.details, details };
  }
}

// google.rpc.Status: field 3 repeats google.protobuf.Any.
function detailsOf(metadata: Metadata | undefined): Detail[] {
  const [bytes] = metadata?.get('grpc-status-details-bin') ?? [];
  if (!Buffer.isBuffer(bytes)) return [];
  const reader = new BinaryReader(bytes);
  const found: Detail[] = [];
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 3) found.push(detailOf(Any.deserializeBinary(reader.readBytes())));
    else reader.skipField();
  }
  return found.sort((left, right) => (left.mspId < right.mspId ? -1 : 1));
}

function detailOf(any: Any): Detail {
  const detail = gateway.ErrorDetail.deserializeBinary(any.getValue_asU8());
  return { mspId: detail.getMspId(), address: detail.getAddress(), message: detail.getMessage() };
}

/** The server counts the client's deadline too, and may hang up at it just before the client's own clock rings. */
function hungUpAt(deadline: number, error: ServiceError): ServiceError {
  const late = error.code === status.CANCELLED && Date.now() > deadline - 50;
  return late ? Object.assign(error, { code: status.DEADLINE_EXCEEDED }) : error;
}

type Unary<Q, A> = (
  request: Q,
  deadline: { deadline: number },
  done: (error: ServiceError | null, answer?: A) => void,
) => unknown;

function call<Q, A>(send: Unary<Q, A>, request: Q, timeoutMs: number): Promise<A> {
  const deadline = Date.now() + timeoutMs;
  return new Promise((resolve, reject) => {
    send(request, { deadline }, (error, answer) => {
      if (error !== null) reject(new Refusal(hungUpAt(deadline, error)));
      else if (answer === undefined) reject(new Error('The call ended without an answer.'));
      else resolve(answer);
    });
  });
}

/** Everything that a deliver call answered until it was full, ended or went silent. */
export interface Delivered {
  readonly responses: readonly peer.DeliverResponse[];
  /** How it ended, when the server ended it. */
  readonly error?: Refusal['outcome'];
}

/** Silence is counted in ticks of our own clock: while a busy machine lets neither us nor a peer run, it does not grow. */
const TICK_MS = 50;
const SILENCE_TICKS = 30;
const CALL_MS = 30_000;

/** One peer. */
export class Wire {
  readonly #gateway: gateway.GatewayClient;
  readonly #endorser: peer.EndorserClient;
  readonly #deliver: peer.DeliverClient;

  constructor({ endpoint, hostAlias, tlsRootCertPath }: UserConnection) {
    const channelCredentials = credentials.createSsl(readFileSync(tlsRootCertPath));
    const options = {
      'grpc.ssl_target_name_override': hostAlias,
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    };
    this.#gateway = new gateway.GatewayClient(endpoint, channelCredentials, options);
    this.#endorser = new peer.EndorserClient(endpoint, channelCredentials, options);
    this.#deliver = new peer.DeliverClient(endpoint, channelCredentials, options);
  }

  evaluate(request: gateway.EvaluateRequest, timeoutMs = CALL_MS): Promise<gateway.EvaluateResponse> {
    return call<gateway.EvaluateRequest, gateway.EvaluateResponse>(
      (...args) => this.#gateway.evaluate(...args),
      request,
      timeoutMs,
    );
  }

  endorse(request: gateway.EndorseRequest, timeoutMs = CALL_MS): Promise<gateway.EndorseResponse> {
    return call<gateway.EndorseRequest, gateway.EndorseResponse>(
      (...args) => this.#gateway.endorse(...args),
      request,
      timeoutMs,
    );
  }

  submit(request: gateway.SubmitRequest): Promise<gateway.SubmitResponse> {
    return call<gateway.SubmitRequest, gateway.SubmitResponse>(
      (...args) => this.#gateway.submit(...args),
      request,
      CALL_MS,
    );
  }

  commitStatus(request: gateway.SignedCommitStatusRequest, timeoutMs = CALL_MS): Promise<gateway.CommitStatusResponse> {
    return call<gateway.SignedCommitStatusRequest, gateway.CommitStatusResponse>(
      (...args) => this.#gateway.commitStatus(...args),
      request,
      timeoutMs,
    );
  }

  /** The endorser service of the peer itself. */
  process(request: peer.SignedProposal): Promise<peer.ProposalResponse> {
    return call<peer.SignedProposal, peer.ProposalResponse>(
      (...args) => this.#endorser.processProposal(...args),
      request,
      CALL_MS,
    );
  }

  /** Chaincode events by block until `wanted` came, the server ended the call, or nothing came for a while. */
  events(
    request: gateway.SignedChaincodeEventsRequest,
    wanted: number,
  ): Promise<{ responses: gateway.ChaincodeEventsResponse[]; error?: Refusal['outcome'] }> {
    return listen(this.#gateway.chaincodeEvents(request, { deadline: Date.now() + CALL_MS }), wanted);
  }

  /** Blocks of one of the three services. With `pastStatus` what comes after a status is waited for, too. */
  deliver(
    service: 'deliver' | 'deliverFiltered' | 'deliverWithPrivateData',
    request: common.Envelope,
    wanted: number,
    pastStatus = false,
  ): Promise<Delivered> {
    const stream = this.#deliver[service](new Metadata(), { deadline: Date.now() + CALL_MS });
    // A status is the last that a request is answered with, unless a block could not be shown.
    const ended = (answer: peer.DeliverResponse): boolean =>
      !pastStatus && answer.getTypeCase() === peer.DeliverResponse.TypeCase.STATUS;
    const answered = listen(stream, wanted, ended);
    stream.write(request);
    return answered;
  }

  /** Bytes that are sent to a method as they are, whatever it takes, and what the server said to them. */
  raw(method: string, bytes: Uint8Array): Promise<RawAnswer> {
    return sendRaw(this.#gateway, method, bytes);
  }

  close(): void {
    this.#gateway.close();
    this.#endorser.close();
    this.#deliver.close();
  }
}

interface Stream<A> {
  on(event: 'data', listener: (answer: A) => void): unknown;
  on(event: 'error', listener: (error: ServiceError) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  cancel(): void;
}

function listen<A>(
  stream: Stream<A>,
  wanted: number,
  ended: (answer: A) => boolean = () => false,
): Promise<{ responses: A[]; error?: Refusal['outcome'] }> {
  const responses: A[] = [];
  return new Promise((resolve) => {
    const finish = (error?: ServiceError): void => {
      clearInterval(clock);
      stream.cancel();
      resolve(error === undefined ? { responses } : { responses, error: new Refusal(error).outcome });
    };
    let silentTicks = 0;
    const clock = setInterval(() => {
      silentTicks += 1;
      if (silentTicks === SILENCE_TICKS) finish();
    }, TICK_MS);
    stream.on('data', (answer) => {
      responses.push(answer);
      silentTicks = 0;
      if (responses.length >= wanted || ended(answer)) finish();
    });
    stream.on('error', finish);
    stream.on('end', () => {
      finish();
    });
  });
}

/** How many messages came back, and how the call ended when the server ended it. */
export interface RawAnswer {
  readonly answers: number;
  readonly error?: Refusal['outcome'];
}

const asIs = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

/** On the wire every call is a stream: one message goes out, and the sender is done. */
async function sendRaw(client: Client, method: string, bytes: Uint8Array): Promise<RawAnswer> {
  const stream = client.makeBidiStreamRequest(method, asIs, asIs, new Metadata(), { deadline: Date.now() + CALL_MS });
  const answered = listen<Buffer>(stream, Infinity);
  stream.write(bytes);
  stream.end();
  const { responses, ...rest } = await answered;
  return { answers: responses.length, ...rest };
}

/** The same, sent to the ordering service. */
export async function rawToOrderer(at: OrdererAddress, method: string, bytes: Uint8Array): Promise<RawAnswer> {
  const client = ordererClient(at);
  try {
    return await sendRaw(client, method, bytes);
  } finally {
    client.close();
  }
}

/** Where the ordering service is. */
interface OrdererAddress {
  readonly address: string;
  readonly hostAlias: string;
  readonly tlsRootCertPath: string;
}

function ordererClient({ address, hostAlias, tlsRootCertPath }: OrdererAddress): orderer.AtomicBroadcastClient {
  return new orderer.AtomicBroadcastClient(address, credentials.createSsl(readFileSync(tlsRootCertPath)), {
    'grpc.ssl_target_name_override': hostAlias,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  });
}

/** Blocks that the ordering service delivers. */
export async function deliverFromOrderer(
  at: OrdererAddress,
  request: common.Envelope,
  wanted: number,
): Promise<Delivered> {
  const client = ordererClient(at);
  const stream = client.deliver({ deadline: Date.now() + CALL_MS });
  const answered = listen<orderer.DeliverResponse>(stream, wanted, (answer) => answer.getBlock() === undefined);
  stream.write(request);
  const { responses, ...rest } = await answered;
  client.close();
  // The two services answer with the same message under another name.
  return {
    responses: responses.map((each) => peer.DeliverResponse.deserializeBinary(each.serializeBinary())),
    ...rest,
  };
}

/** What the ordering service answers to an envelope. */
interface Broadcast {
  readonly status: string;
  readonly info: string;
}

/** Hands envelopes to the ordering service itself, on one stream, which keeps their order; it ends after a refusal. */
export function broadcastAll(at: OrdererAddress, envelopes: readonly common.Envelope[]): Promise<readonly Broadcast[]> {
  const client = ordererClient(at);
  const names = Object.entries(common.Status);
  const replies: Broadcast[] = [];
  return new Promise((resolve, reject) => {
    const stream = client.broadcast({ deadline: Date.now() + CALL_MS });
    stream.on('data', (response: orderer.BroadcastResponse) => {
      const name = names.find(([, code]) => code === response.getStatus())?.[0] ?? 'UNKNOWN';
      replies.push({ status: name, info: response.getInfo() });
      if (name !== 'SUCCESS' || replies.length === envelopes.length) {
        stream.end();
        client.close();
        resolve(replies);
      }
    });
    stream.on('error', (error: ServiceError) => {
      client.close();
      reject(new Refusal(error));
    });
    for (const envelope of envelopes) stream.write(envelope);
  });
}
