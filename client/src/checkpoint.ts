/** The checkpoint of a listener: how far it has come, and where this is stored. */
import { readFileSync } from 'node:fs';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { writeDurably } from './journal.js';

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

/** A checkpoint in a file, which is replaced in one step. A damaged file, or a file of something else, is refused and never ignored. */
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

/** The position of one listener. */
export class Position {
  readonly #checkpointer: Checkpointer | undefined;
  #handled: Checkpoint | undefined;
  #start: bigint | undefined;

  constructor(checkpointer: Checkpointer | undefined, startBlock: bigint | undefined) {
    this.#checkpointer = checkpointer;
    this.#handled = checkpointer?.load();
    this.#start = startBlock;
  }

  /** The last event that was handled, if it belongs to that block. */
  handledIn(blockNumber: bigint): string | undefined {
    return this.#handled?.blockNumber === blockNumber ? this.#handled.transactionId : undefined;
  }

  /**
   * The block to begin with. The peer is asked for its next block only once, because a stream that broke before its first event must not
   * skip the events that it has missed.
   */
  async block(next: () => Promise<bigint>): Promise<bigint> {
    if (this.#handled !== undefined) return this.#handled.blockNumber;
    this.#start ??= await next();
    return this.#start;
  }

  /** Moves past the event that was handled. If it has no id, only the next event moves the checkpoint. */
  moveTo({ blockNumber, transactionId }: Checkpoint): void {
    if (transactionId === '') return;
    this.#handled = { blockNumber, transactionId };
    this.#checkpointer?.save(this.#handled);
  }
}
