// How the gateway reads the answer of one endorser: success, a reason to try the next peer, or the end.
import { status } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
import type { EndorserReply } from '../peer/endorser.js';
import type { Peer } from '../peer/peer.js';
import type { View } from './network.js';
import type { Detail } from './rpcError.js';

export interface Failure {
  readonly code: status;
  readonly message: string;
  /** Whether an evaluate goes on to the next peer. */
  readonly retry: boolean;
}

const TOO_LATE = 'rpc error: code = DeadlineExceeded desc = context deadline exceeded';

export type Answer =
  | { readonly ok: true; readonly response: peer.ProposalResponse }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Asks `target` on behalf of the gateway of `own`, whose own peer it calls in process and the others over gRPC. Only a call over
 * gRPC ends when the gateway has waited too long; the peer goes on with it all the same.
 */
export async function askEndorser(
  { network, own }: View,
  target: Peer,
  proposal: peer.SignedProposal,
): Promise<Answer> {
  if (!target.running) {
    const message = `rpc error: code = Unavailable desc = connection error: ${target.address} refused the connection`;
    return refused(status.UNAVAILABLE, message, true);
  }
  if (own === target) {
    return grade(await target.endorser.process(proposal));
  }
  const reply = await unlessLater(target.endorser.process(proposal), network.endorsementTimeoutMs);
  return reply ? grade(overTheWire(reply)) : refused(status.UNAVAILABLE, TOO_LATE, true);
}

/** The first of: the work's result, or undefined because the time, in milliseconds, is over. */
async function unlessLater<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The entry of a failed peer in the error's details. */
export function detailOf({ address, mspId }: Peer, { message }: Failure): Detail {
  return { address, mspId, message };
}

/** gRPC carries an error or a response, never both. */
function overTheWire(reply: EndorserReply): EndorserReply {
  return reply.error === undefined
    ? reply
    : { error: `rpc error: code = Unknown desc = ${reply.error}`, hasPayload: false };
}

function grade({ response, hasPayload, error }: EndorserReply): Answer {
  if (!response) {
    return refused(status.UNAVAILABLE, error ?? 'no response', true);
  }
  if (error !== undefined) {
    return refused(status.FAILED_PRECONDITION, error, false);
  }
  const { code, message } = statusOf(response);
  if (code >= 200 && code < 400) {
    return { ok: true, response };
  }
  return code === 500 && !hasPayload
    ? refused(status.ABORTED, message, true) // made by the peer, not by the chaincode
    : refused(status.UNKNOWN, `chaincode response ${String(code)}, ${message}`, false);
}

function statusOf(response: peer.ProposalResponse): { readonly code: number; readonly message: string } {
  const content = response.getResponse();
  return { code: content?.getStatus() ?? 0, message: content?.getMessage() ?? '' };
}

function refused(code: status, message: string, retry: boolean): Answer {
  return { ok: false, failure: { code, message, retry } };
}
