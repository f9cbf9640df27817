/**
 * Events as a stream that resumes from a durable checkpoint and reconnects when it breaks. Each event arrives at least once. Events of
 * other organisations are hostile input. The peer's stream is used only to learn that a block has events, because an endorser can put
 * any transaction id into an event. Everything else is read from the block at the caller's own peer. An event that does not belong to
 * this release is skipped and counted, and never ends the stream.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { isEventName, parseEventPayload } from '../../chaincode/src/protocol/eventPayload.js';
import type { EventName, EventPayload } from '../../chaincode/src/protocol/commands/index.js';
import { LIMITS } from '../../chaincode/src/protocol/limits.js';
import { Position, type Checkpointer } from './checkpoint.js';
import { askLedger, transactionsIn, wroteInto, type CommittedTransaction } from './committedBlock.js';
import type { Transport } from './transport.js';

/**
 * One committed transaction of this chaincode, as its endorsers describe it. It proves nothing, because one organisation with changed
 * chaincode can emit an event of something that never happened. Treat it as a hint to read your own book, which holds the facts.
 */
export interface TenorEvent extends EventPayload {
  readonly name: EventName;
  readonly blockNumber: bigint;
  readonly transactionId: string;
  /** MSP id of the sender of the transaction. The peers have checked the sender's signature. */
  readonly creatorMspId: string;
  /** Whether the transaction wrote into the book of the caller's organisation. Its own peer must then have endorsed it. */
  readonly inOwnBook: boolean;
}

/** Why an event was skipped. Append-only. */
export const SKIPPED = {
  NAME_UNKNOWN: 'No event of this release has that name.',
  PAYLOAD_TOO_LARGE: 'The payload is larger than that of any event.',
  PAYLOAD_MALFORMED: 'The payload is not what an event of that name carries.',
  TRANSACTION_UNREADABLE: 'The transaction cannot be decoded, so nobody knows whether it tells anything.',
} as const;

/** A key of {@link SKIPPED}. */
export type SkipReason = keyof typeof SKIPPED;

/** An event that was skipped. Its name and payload can be anything, so they are not passed on. */
export interface SkippedEvent {
  readonly reason: SkipReason;
  readonly blockNumber: bigint;
  /** Empty if it cannot be decoded. */
  readonly transactionId: string;
}

/** A stream of events. */
export interface EventStream extends AsyncGenerator<TenorEvent> {
  /** How many events this stream has skipped, by reason. */
  readonly skipped: ReadonlyMap<SkipReason, number>;
}

/** How to listen. */
export interface EventOptions {
  /** Where the position is stored. Each handled event is stored when the loop asks for the next one. */
  readonly checkpointer?: Checkpointer;
  /** First block, if there is no checkpoint. Default: the block after the last one that the peer has when the loop begins. */
  readonly startBlock?: bigint;
  /** Called for each event that is skipped, before the checkpoint moves past it. If it throws, the loop ends with that error. */
  readonly onSkipped?: (event: SkippedEvent) => void;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

const PAUSE_MS = 500;

/** Answers that stay the same if asked again: the channel does not exist, there is no right to read it, or the position is invalid. */
const FINAL: ReadonlySet<number> = new Set([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.PERMISSION_DENIED,
  status.UNAUTHENTICATED,
  status.UNIMPLEMENTED,
]);

/**
 * The events of the chaincode, in ledger order. @throws TenorError REFUSED_BY_NETWORK if the peer refuses to serve them,
 * LEDGER_READ_REFUSED if it does not let its blocks be read, CONFIGURATION if the checkpoint is invalid
 */
export function listen(transport: Transport, chaincode: string, options: EventOptions = {}): EventStream {
  const skipped = new Map<SkipReason, number>();
  const onSkipped = (event: SkippedEvent): void => {
    skipped.set(event.reason, (skipped.get(event.reason) ?? 0) + 1);
    options.onSkipped?.(event);
  };
  return Object.assign(follow(transport, chaincode, { ...options, onSkipped }), { skipped });
}

type Following = EventOptions & Required<Pick<EventOptions, 'onSkipped'>>;

async function* follow(transport: Transport, chaincode: string, options: Following): AsyncGenerator<TenorEvent> {
  const position = new Position(options.checkpointer, options.startBlock);
  while (!isAborted(options.signal)) {
    try {
      yield* followOnce(transport, chaincode, options, position);
    } catch (error) {
      if (!isBroken(error)) throw error;
    }
    await pause(options.signal);
  }
}

async function* followOnce(
  transport: Transport,
  chaincode: string,
  { signal, onSkipped }: Following,
  position: Position,
): AsyncGenerator<TenorEvent> {
  const startBlock = await position.block(() => nextBlock(transport));
  for await (const blockNumber of blocksWithEvents(transport, chaincode, startBlock, signal)) {
    for (const told of await toldIn(transport, chaincode, blockNumber, position.handledIn(blockNumber))) {
      if ('reason' in told) onSkipped(told);
      else yield told;
      position.moveTo(told);
      if (isAborted(signal)) return; // what has arrived already is left for whoever resumes
    }
  }
}

const pause = async (signal: AbortSignal | undefined): Promise<void> => {
  if (!isAborted(signal)) await sleep(PAUSE_MS);
};

// A function, because the signal may have fired while the stream was read.
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Marks a stream that ended or broke, to tell it apart from an error in the code that handles the events. */
class Broken extends Error {}
const isBroken = (error: unknown): boolean => error instanceof Broken;

/** Numbers of the blocks that have events of the chaincode, each once. */
async function* blocksWithEvents(
  { network }: Transport,
  chaincode: string,
  startBlock: bigint,
  signal: AbortSignal | undefined,
): AsyncGenerator<bigint> {
  const events = await network.getChaincodeEvents(chaincode, { startBlock }).catch(asBroken);
  const close = (): void => {
    events.close();
  };
  signal?.addEventListener('abort', close, { once: true });
  let last: bigint | undefined;
  try {
    const iterator = events[Symbol.asyncIterator]();
    for (;;) {
      const next = await iterator.next().catch(asBroken);
      if (next.done === true) return;
      const { blockNumber } = next.value;
      if (blockNumber !== last) yield blockNumber;
      last = blockNumber;
    }
  } finally {
    signal?.removeEventListener('abort', close);
    close();
  }
}

/** The events of the chaincode in a block of the caller's own peer, without those that were handled. @throws TenorError CONFIGURATION, LEDGER_READ_REFUSED */
async function toldIn(
  transport: Transport,
  chaincode: string,
  blockNumber: bigint,
  handled: string | undefined,
): Promise<(TenorEvent | SkippedEvent)[]> {
  const bytes = await askLedger(transport, 'GetBlockByNumber', blockNumber.toString()).catch(asBroken);
  const transactions = transactionsIn(bytes);
  const done = handled === undefined ? -1 : indexOf(transactions, handled);
  return transactions
    .slice(done + 1)
    .flatMap((transaction) => toldBy(transaction, { chaincode, mspId: transport.mspId, blockNumber }));
}

function indexOf(transactions: readonly CommittedTransaction[], id: string): number {
  const index = transactions.findIndex(({ transactionId }) => transactionId === id);
  if (index >= 0) return index;
  throw new TenorError('CONFIGURATION', { problem: `the checkpoint is of another channel: its block lacks ${id}` });
}

interface Place {
  readonly chaincode: string;
  readonly mspId: string;
  readonly blockNumber: bigint;
}

/** The event of a transaction: one event, or the reason why it is skipped, or nothing. */
function toldBy(
  { transactionId, content }: CommittedTransaction,
  { chaincode, mspId, blockNumber }: Place,
): (TenorEvent | SkippedEvent)[] {
  const at = { blockNumber, transactionId };
  if (content === undefined) return [{ ...at, reason: 'TRANSACTION_UNREADABLE' }];
  const { event, creatorMspId } = content;
  if (event.chaincode !== chaincode || event.name === '') return [];
  const { name } = event;
  if (!isEventName(name)) return [{ ...at, reason: 'NAME_UNKNOWN' }];
  if (event.payload.length > LIMITS.eventBytes) return [{ ...at, reason: 'PAYLOAD_TOO_LARGE' }];
  const payload = parseEventPayload(name, Buffer.from(event.payload).toString('utf8'));
  if (payload === undefined) return [{ ...at, reason: 'PAYLOAD_MALFORMED' }];
  return [{ ...payload, ...at, name, creatorMspId, inOwnBook: wroteInto(content, chaincode, mspId) }];
}

/** Number of the next block, by the caller's own peer. */
async function nextBlock(transport: Transport): Promise<bigint> {
  const bytes = await askLedger(transport, 'GetChainInfo').catch(asBroken);
  return BigInt(common.BlockchainInfo.deserializeBinary(bytes).getHeight());
}

function asBroken(cause: unknown): never {
  if (cause instanceof TenorError) throw cause;
  if (cause instanceof GatewayError && FINAL.has(cause.code)) throw new TenorError('REFUSED_BY_NETWORK', {}, { cause });
  throw new Broken('event stream broken', { cause });
}
