// The Deliver protocol: blocks from a position to another, as they are committed, and a status at the end.
import { common, orderer } from '@hyperledger/fabric-protos';
import { unlessAborted, type CallContext } from '../callContext.js';
import { streamMessage, unmarshal } from '../decode.js';
import { openEnvelope, type OpenEnvelope } from '../ledger/transaction.js';

type Status = keyof common.StatusMap;

/** The chain that is read from, by a peer or by the orderer. */
export interface BlockSource {
  readonly channel: string;
  readonly height: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Resolves when there may be another block. */
  nextBlock(): Promise<void>;
  /** Why whoever sent this may not read; undefined when it may. */
  refusal(envelope: OpenEnvelope): string | undefined;
}

/** Makes the responses of one method: of a block by its number, for whoever asked, and of a status. */
export interface Responder {
  block(number: number, asker: OpenEnvelope, headerOnly: boolean): Uint8Array;
  status(status: Status): Uint8Array;
}

const TIME_WINDOW_MS = 15 * 60 * 1000;

/** Answers the seek requests one after the other; a status other than SUCCESS ends the stream. */
export async function* deliver(
  source: BlockSource,
  responder: Responder,
  requests: AsyncIterable<Uint8Array>,
  context: CallContext,
): AsyncGenerator<Uint8Array> {
  for await (const request of requests) {
    const status = yield* deliverOne(source, responder, request, context);
    if (context.signal.aborted) {
      return;
    }
    yield responder.status(status);
    if (status !== 'SUCCESS') {
      return;
    }
  }
}

async function* deliverOne(
  source: BlockSource,
  responder: Responder,
  request: Uint8Array,
  context: CallContext,
): AsyncGenerator<Uint8Array, Status> {
  const seek = readSeek(source, request);
  if (typeof seek === 'string') {
    return seek;
  }
  const { asker, failIfNotReady, headerOnly, stop } = seek;
  for (let number = seek.start; ; number += 1) {
    if (failIfNotReady && number >= source.height) {
      return 'NOT_FOUND';
    }
    while (number >= source.height) {
      await unlessAborted(source.nextBlock(), context);
      if (context.signal.aborted) {
        return 'INTERNAL_SERVER_ERROR';
      }
    }
    if (source.refusal(asker) !== undefined) {
      return 'FORBIDDEN'; // the right to read may end on the way
    }
    yield responder.block(number, asker, headerOnly);
    if (number === stop) {
      return 'SUCCESS';
    }
  }
}

interface Seek {
  readonly asker: OpenEnvelope;
  readonly start: number;
  readonly stop: number;
  readonly failIfNotReady: boolean;
  readonly headerOnly: boolean;
}

/** What to deliver, or the status that ends it. The order of the checks is Fabric's. */
function readSeek(source: BlockSource, request: Uint8Array): Seek | Status {
  streamMessage(common.Envelope, request);
  const asker = attempt(() => openEnvelope(request));
  if (!asker) {
    return 'BAD_REQUEST';
  }
  const claimed = asker.channelHeader.getTimestamp()?.toDate().getTime();
  if (claimed === undefined || Math.abs(claimed - source.now) > TIME_WINDOW_MS) {
    return 'BAD_REQUEST';
  }
  if (asker.channelHeader.getChannelId() !== source.channel) {
    return 'NOT_FOUND';
  }
  const info = attempt(() => unmarshal(orderer.SeekInfo, asker.data));
  if (!info) {
    return 'BAD_REQUEST';
  }
  if (source.refusal(asker) !== undefined) {
    return 'FORBIDDEN';
  }
  const range = rangeOf(info, source.height);
  if (typeof range === 'string') {
    return range;
  }
  return {
    ...range,
    asker,
    failIfNotReady: info.getBehavior() === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY,
    headerOnly: info.getContentType() === orderer.SeekInfo.SeekContentType.HEADER_WITH_SIG,
  };
}

/** Undefined for bytes that are no message: what they are not, no status says. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function rangeOf(info: orderer.SeekInfo, height: number): { readonly start: number; readonly stop: number } | Status {
  const [from, to] = [info.getStart(), info.getStop()];
  if (!from || !to) {
    return 'BAD_REQUEST';
  }
  const start = positionOf(from, height);
  if (start === undefined || start > height) {
    return 'NOT_FOUND';
  }
  const stop = stopOf(from, to, start, height);
  return to.hasSpecified() && stop < start ? 'BAD_REQUEST' : { start, stop };
}

function positionOf(position: orderer.SeekPosition, height: number): number | undefined {
  const positions: readonly (readonly [boolean, number])[] = [
    [position.hasOldest(), 0],
    [position.hasNewest(), height - 1],
    [position.hasNextCommit(), height],
    [position.hasSpecified(), position.getSpecified()?.getNumber() ?? 0],
  ];
  return positions.find(([holds]) => holds)?.[1];
}

/** A stop at the oldest block is a stop at the first one; the newest one is that of now. Anything else never comes. */
function stopOf(from: orderer.SeekPosition, to: orderer.SeekPosition, start: number, height: number): number {
  if (to.hasOldest() || (to.hasNewest() && from.hasNewest())) {
    return start;
  }
  return to.hasNextCommit() ? 0 : (positionOf(to, height) ?? 0);
}
