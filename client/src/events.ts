/**
 * Events as a stream that survives: resumed from a durable checkpoint, reconnected when it breaks. Each event arrives at least once.
 * What arrives is hostile input: an organisation's changed chaincode may emit anything under any name. What is no event of this
 * release, or not the one that the ledger holds, is skipped and counted, never the end of the stream.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { GatewayError, type ChaincodeEvent } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { isEventName, parseEventPayload } from '../../chaincode/src/protocol/eventPayload.js';
import type { EventName, EventPayload } from '../../chaincode/src/protocol/events.js';
import { LIMITS } from '../../chaincode/src/protocol/limits.js';
import { askLedger, CommittedBlock } from './committedBlock.js';
import { writeDurably } from './journal.js';
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
  TRANSACTION_UNKNOWN: "The block at one's own peer holds no valid transaction of that id.",
  TRANSACTION_UNREADABLE: 'The transaction cannot be decoded.',
  EVENT_DIFFERS: 'The transaction of that id carries another event.',
} as const;

/** A key of {@link SKIPPED}. */
export type SkipReason = keyof typeof SKIPPED;

/** An event that was not handed over. Its name and payload may be anything, so they are not passed on. */
export interface SkippedEvent extends Checkpoint {
  readonly reason: SkipReason;
}

/** A stream of events. */
export interface EventStream extends AsyncGenerator<TenorEvent> {
  /** How many events this stream has skipped, by reason. */
  readonly skipped: ReadonlyMap<SkipReason, number>;
}

/** The last event that was handled. */
export interface Checkpoint {
  readonly blockNumber: bigint;
  readonly transactionId: string;
}

/** Keeps the checkpoint. */
export interface Checkpointer {
  load(): Checkpoint | undefined;
  save(checkpoint: Checkpoint): void;
}

/** A checkpoint in a file, replaced in one step. A torn or foreign file is refused, never skipped. */
export function newFileCheckpointer(path: string): Checkpointer {
  return {
    load: () => {
      const text = readIfThere(path);
      if (text === undefined) return undefined;
      const match = /^\{"blockNumber":"([0-9]+)","transactionId":"([0-9a-f]{64})"\}\n?$/.exec(text);
      if (match?.[1] === undefined || match[2] === undefined)
        throw new TenorError('CONFIGURATION', { problem: `not a checkpoint: ${path}` });
      return { blockNumber: BigInt(match[1]), transactionId: match[2] };
    },
    save: ({ blockNumber, transactionId }) => {
      writeDurably(path, `${JSON.stringify({ blockNumber: blockNumber.toString(), transactionId })}\n`);
    },
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new TenorError('CONFIGURATION', { problem: `checkpoint cannot be read: ${path}` }, { cause });
  }
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

async function* follow(
  transport: Transport,
  chaincode: string,
  options: EventOptions & Required<Pick<EventOptions, 'onSkipped'>>,
): AsyncGenerator<TenorEvent> {
  const { checkpointer, signal, onSkipped } = options;
  const verify = newVerifier(transport, chaincode);
  let handled = checkpointer?.load();
  let { startBlock } = options;
  while (!isAborted(signal)) {
    try {
      // Said once: a stream that broke before its first event must not begin after what it has missed.
      startBlock ??= await startOf(transport, handled);
      for await (const delivered of connectOnce(transport, chaincode, handled, { startBlock, signal })) {
        const heard = await verify(delivered);
        const at = { blockNumber: delivered.blockNumber, transactionId: delivered.transactionId };
        if (typeof heard === 'string') onSkipped({ ...at, reason: heard });
        else yield heard;
        handled = at;
        checkpointer?.save(handled);
        if (isAborted(signal)) return; // what has arrived already is left for whoever resumes
      }
    } catch (error) {
      if (!isBroken(error)) throw error;
    }
    await pause(signal);
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

async function* connectOnce(
  transport: Transport,
  chaincode: string,
  handled: Checkpoint | undefined,
  { startBlock, signal }: { readonly startBlock: bigint; readonly signal: AbortSignal | undefined },
): AsyncGenerator<ChaincodeEvent> {
  const position = handled === undefined ? { startBlock } : { checkpoint: asCheckpoint(handled) };
  const events = await transport.network.getChaincodeEvents(chaincode, position).catch(asBroken);
  const close = (): void => {
    events.close();
  };
  signal?.addEventListener('abort', close, { once: true });
  try {
    const iterator = events[Symbol.asyncIterator]();
    for (;;) {
      const next = await iterator.next().catch(asBroken);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', close);
    close();
  }
}

/** Holds events against the blocks of one's own peer. One block is read once: what arrives comes block by block. */
function newVerifier(
  transport: Transport,
  chaincode: string,
): (delivered: ChaincodeEvent) => Promise<TenorEvent | SkipReason> {
  let last: { readonly number: bigint; readonly block: CommittedBlock } | undefined;
  const blockOf = async (number: bigint): Promise<CommittedBlock> => {
    if (last?.number === number) return last.block;
    const bytes = await askLedger(transport, 'GetBlockByNumber', number.toString()).catch(asBroken);
    last = { number, block: new CommittedBlock(bytes) };
    return last.block;
  };
  return async (delivered) => {
    const { blockNumber, transactionId, eventName: name } = delivered;
    const payload = payloadOf(delivered);
    if (typeof payload === 'string') return payload;
    const transaction = (await blockOf(blockNumber)).find(transactionId);
    if (typeof transaction === 'string') return transaction;
    const { event, creatorMspId } = transaction;
    const same = event.chaincode === chaincode && event.name === name && equal(event.payload, delivered.payload);
    if (!same || !isEventName(name)) return 'EVENT_DIFFERS';
    const inOwnBook = transaction.wroteInto(chaincode, transport.mspId);
    return { ...payload, name, blockNumber, transactionId, creatorMspId, inOwnBook };
  };
}

const equal = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

function payloadOf({ eventName, payload }: ChaincodeEvent): EventPayload | SkipReason {
  if (!isEventName(eventName)) return 'NAME_UNKNOWN';
  if (payload.length > LIMITS.eventBytes) return 'PAYLOAD_TOO_LARGE';
  return parseEventPayload(eventName, Buffer.from(payload).toString('utf8')) ?? 'PAYLOAD_MALFORMED';
}

/** Number of the next block, by the caller's own peer; a checkpoint needs none. */
async function startOf(transport: Transport, handled: Checkpoint | undefined): Promise<bigint> {
  if (handled !== undefined) return handled.blockNumber;
  const bytes = await askLedger(transport, 'GetChainInfo').catch(asBroken);
  return BigInt(common.BlockchainInfo.deserializeBinary(bytes).getHeight());
}

function asBroken(cause: unknown): never {
  if (cause instanceof TenorError) throw cause;
  if (cause instanceof GatewayError && FINAL.has(cause.code)) throw new TenorError('REFUSED_BY_NETWORK', {}, { cause });
  throw new Broken('event stream broken', { cause });
}

const asCheckpoint = ({
  blockNumber,
  transactionId,
}: Checkpoint): { getBlockNumber(): bigint; getTransactionId(): string } => ({
  getBlockNumber: () => blockNumber,
  getTransactionId: () => transactionId,
});
