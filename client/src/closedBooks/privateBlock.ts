/** Asks the caller's own peer for a block with private data, through its Deliver service. If books are closed, the peer refuses. */
import { status as grpc, type Client } from '@grpc/grpc-js';
import type { Network } from '@hyperledger/fabric-gateway';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import type { MessageSigner } from '../signer.js';

const METHOD = '/protos.Deliver/DeliverWithPrivateData';

/** The settings of the question: who asks, where, and for how long. */
export interface Asker {
  readonly client: Client;
  /** The channel, as the asking identity sees it. */
  readonly network: Network;
  readonly signer: MessageSigner;
  readonly withinMs: number;
}

/** The peer's answer to the question. */
export type PrivateBlockAnswer = 'refused' | 'handed over';

/** Undefined if the peer ends the stream without an answer. */
type Answer = peer.DeliverResponse | undefined;

/** Statuses of gRPC that mean that nobody answered. After them the same question may be asked again. */
const UNANSWERED: readonly unknown[] = [grpc.UNAVAILABLE, grpc.DEADLINE_EXCEEDED, grpc.CANCELLED];

/** Only the newest block. It does not matter which block is asked for, because the peer decides before it looks for one. */
function seekNewest(): orderer.SeekInfo {
  const newest = new orderer.SeekPosition();
  newest.setNewest(new orderer.SeekNewest());
  const seek = new orderer.SeekInfo();
  seek.setStart(newest);
  seek.setStop(newest);
  seek.setBehavior(orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY);
  return seek;
}

/** The SDK makes the header, with channel, identity and time. The position is set here, because the SDK has none with an end. */
async function question({ network, signer }: Asker): Promise<common.Envelope> {
  const envelope = common.Envelope.deserializeBinary(network.newBlockAndPrivateDataEventsRequest().getBytes());
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  payload.setData(seekNewest().serializeBinary());
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await signer(envelope.getPayload_asU8()));
  return envelope;
}

async function firstAnswer(client: Client, request: common.Envelope, deadline: number): Promise<Answer> {
  const stream = client.makeBidiStreamRequest(
    METHOD,
    (message: common.Envelope) => Buffer.from(message.serializeBinary()),
    (bytes) => peer.DeliverResponse.deserializeBinary(bytes),
    { deadline },
  );
  const answers: AsyncIterator<peer.DeliverResponse, undefined> = stream[Symbol.asyncIterator]();
  stream.write(request);
  try {
    return (await answers.next()).value;
  } finally {
    stream.cancel();
  }
}

/** Only the peer's own FORBIDDEN is a refusal. A gRPC status may come from a proxy, so it says nothing about the peer. */
function answerOf(response: Answer): PrivateBlockAnswer {
  if (response === undefined) throw new TenorError('UNAVAILABLE');
  if (response.hasBlockAndPrivateData()) return 'handed over';
  const status = response.getStatus();
  if (status === common.Status.FORBIDDEN) return 'refused';
  if (status === common.Status.SERVICE_UNAVAILABLE) throw new TenorError('UNAVAILABLE', { status: String(status) });
  throw new TenorError('REFUSED_BY_NETWORK', { asked: 'private block', status: String(status) });
}

/**
 * Asks for the newest block with private data.
 * @throws TenorError UNAVAILABLE when the peer does not answer, REFUSED_BY_NETWORK when it answers anything else
 */
export async function askForPrivateBlock(asker: Asker): Promise<PrivateBlockAnswer> {
  const request = await question(asker);
  let response: Answer;
  try {
    response = await firstAnswer(asker.client, request, Date.now() + asker.withinMs);
  } catch (cause) {
    const code: unknown = (cause as { readonly code?: unknown }).code;
    const name = UNANSWERED.includes(code) ? 'UNAVAILABLE' : 'REFUSED_BY_NETWORK';
    throw new TenorError(name, { asked: 'private block' }, { cause });
  }
  return answerOf(response);
}
