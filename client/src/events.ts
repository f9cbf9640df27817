/**
 * Events as a stream that survives: resumed from a durable checkpoint, reconnected when it breaks. Each event arrives at least once.
 * What others emit is hostile input. The peer's stream is taken for one thing only, that a block has events: even the transaction id
 * in an event is its endorser's word. The rest comes from the block at one's own peer, and what is no event of this release there is
 * skipped and counted, never the end of the stream.
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
 * One committed transaction of this chaincode, told by whoever endorsed it. It proves nothing: one organisation with a changed
 * chaincode can tell of what never happened. It is a hint to read one's own book, which is where the facts are.
 */
export interface TenorEvent extends EventPayload {
  readonly name: EventName;
  readonly blockNumber: bigint;
  readonly transactionId: string;
  /** MSP id of who sent the transaction; the peers have checked its signature. */
  readonly creatorMspId: string;
  /** Whether the transaction wrote into the book of one's own organisation, so that its own peer had endorsed it. */
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

/** What was not handed over. Its name and payload may be anything, so they are not passed on. */
export interface SkippedEvent {
  readonly reason: SkipReason;
  readonly blockNumber: bigint;
  /** Empty where not even that can be decoded. */
  readonly transactionId: string;
}

/** A stream of events. */
export interface EventStream extends AsyncGenerator<TenorEvent> {
  /** How many events this stream has skipped, by reason. */
  readonly skipped: ReadonlyMap<SkipReason, number>;
}

/** How to listen. */
export interface EventOptions {
  /** Where to resume, and where each handled event is noted (when the loop asks for the next one). */
  readonly checkpointer?: Checkpointer;
  /** First block where there is no checkpoint. Default: the one after the last that the peer has when the loop begins. */
  readonly startBlock?: bigint;
  /** Called for each event that is skipped, before the checkpoint moves past it. What it throws ends the loop. */
  readonly onSkipped?: (event: SkippedEvent) => void;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

const PAUSE_MS = 500;

/** Answers that do not change by asking again: no such channel, no right to read it, a position that is none. */
const FINAL: ReadonlySet<number> = new Set([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.PERMISSION_DENIED,
  status.UNAUTHENTICATED,
  status.UNIMPLEMENTED,
]);

/** The events of the chaincode, in ledger order. @throws TenorError REFUSED_BY_NETWORK where the peer will not serve them, LEDGER_READ_REFUSED where it does not let its blocks be read, CONFIGURATION for a checkpoint that is none */
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

/** A stream that ended or broke, as against an error of the one who handles the events. */
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

/** What a block at one's own peer tells of the chaincode, after what was handled. @throws TenorError CONFIGURATION, LEDGER_READ_REFUSED */
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

/** What a transaction tells of the chaincode: one event, or why it is skipped, or nothing at all. */
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
