/** Events as a stream that survives: resumed from a durable checkpoint, reconnected when it breaks. Each event arrives at least once. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { EVENTS, type EventName, type EventPayload } from '../../chaincode/src/protocol/commands/index.js';
import { writeDurably } from './journal.js';
import type { Transport } from './transport.js';

/** One committed transaction of this chaincode. It carries ids; the rest is read from one's own book. */
export interface TenorEvent extends EventPayload {
  readonly name: EventName;
  readonly blockNumber: bigint;
  readonly transactionId: string;
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
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

const PAUSE_MS = 500;
const isKnown = (name: string): name is EventName => (Object.values(EVENTS) as string[]).includes(name);

/** Answers that do not change by asking again: no such channel, no right to read it, a position that is none. */
const FINAL: ReadonlySet<number> = new Set([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.PERMISSION_DENIED,
  status.UNAUTHENTICATED,
  status.UNIMPLEMENTED,
]);

/** The events of the chaincode, in ledger order. @throws TenorError REFUSED_BY_NETWORK where the peer will not serve them, CONFIGURATION for a checkpoint that is none */
export async function* listen(
  transport: Transport,
  chaincode: string,
  options: EventOptions = {},
): AsyncGenerator<TenorEvent> {
  const { checkpointer, signal } = options;
  let handled = checkpointer?.load();
  let { startBlock } = options;
  while (!isAborted(signal)) {
    try {
      // Said once: a stream that broke before its first event must not begin after what it has missed.
      startBlock ??= await startOf(transport, handled);
      for await (const event of connectOnce(transport, chaincode, handled, { startBlock, signal })) {
        yield event;
        handled = { blockNumber: event.blockNumber, transactionId: event.transactionId };
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
): AsyncGenerator<TenorEvent> {
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
      const { eventName, payload, blockNumber, transactionId } = next.value;
      if (isKnown(eventName)) yield { ...parsePayload(payload), name: eventName, blockNumber, transactionId };
    }
  } finally {
    signal?.removeEventListener('abort', close);
    close();
  }
}

/** Number of the next block, by the caller's own peer; a checkpoint needs none. */
async function startOf({ network, channel, mspId }: Transport, handled: Checkpoint | undefined): Promise<bigint> {
  if (handled !== undefined) return handled.blockNumber;
  const query = { arguments: [channel], endorsingOrganizations: [mspId] };
  const bytes = await network.getContract('qscc').evaluate('GetChainInfo', query).catch(asBroken);
  return BigInt(common.BlockchainInfo.deserializeBinary(bytes).getHeight());
}

function asBroken(cause: unknown): never {
  if (cause instanceof GatewayError && FINAL.has(cause.code)) throw new TenorError('REFUSED_BY_NETWORK', {}, { cause });
  throw new Broken('event stream broken', { cause });
}

const parsePayload = (payload: Uint8Array): EventPayload =>
  JSON.parse(Buffer.from(payload).toString('utf8')) as EventPayload;

const asCheckpoint = ({
  blockNumber,
  transactionId,
}: Checkpoint): { getBlockNumber(): bigint; getTransactionId(): string } => ({
  getBlockNumber: () => blockNumber,
  getTransactionId: () => transactionId,
});
