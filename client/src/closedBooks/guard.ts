/**
 * Makes sure that nothing is planned or sent while every member of the channel can read every book. It asks the caller's own peer, and
 * the answer is valid for some time. Only a clear refusal by the peer means that books are closed.
 */
import { common } from '@hyperledger/fabric-protos';
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import { refusalOf } from '../errors.js';
import { isClosed } from './accessList.js';
import type { PrivateBlockAnswer } from './privateBlock.js';

/** The text that a user has to set to work with open books. */
export const EVERY_MEMBER_READS = 'every member of the channel can read every book';

/** How long the answer is valid by default, in milliseconds. */
export const BOOKS_CHECK_EVERY_MS = 300_000;

const LONGEST_CHECK_MS = 3_600_000;

/** How a client deals with open books. */
export interface BooksOptions {
  /**
   * Plans and submits without asking whether the books are closed. Only this text is accepted, so that everybody who writes or reviews
   * the setting reads what it means. A warning is given once for each channel. Never use it for real business.
   */
  readonly acceptOpenBooks?: typeof EVERY_MEMBER_READS;
  /** How long the answer of the caller's own peer is valid before it is asked again, in milliseconds: 0 to an hour. Default: five minutes. */
  readonly booksCheckEveryMs?: number;
}

/** The two questions to the caller's own peer. */
export interface BooksQuestions {
  askForPrivateBlock(): Promise<PrivateBlockAnswer>;
  /** Serialized `common.Config`, the channel's configuration in force. */
  readConfiguration(): Promise<Uint8Array>;
}

const wrong = (problem: string): TenorError => new TenorError('CONFIGURATION', { problem });

const warned = new Set<string>();

/** Warns once for each process and channel, on the error stream and to everything that listens to Node's warnings. */
function warn(channel: string): void {
  if (warned.has(channel)) return;
  warned.add(channel);
  process.emitWarning(
    `acceptOpenBooks is set for channel ${channel}: ${EVERY_MEMBER_READS}, and this client works all the same.`,
    { type: 'TenorWarning', code: 'BOOKS_OPEN' },
  );
}

function isAccepted({ acceptOpenBooks }: BooksOptions): boolean {
  if (acceptOpenBooks === undefined) return false;
  // JavaScript or a configuration file may set any value. A mere `true` would not say what the setting means.
  if ((acceptOpenBooks as unknown) === EVERY_MEMBER_READS) return true;
  throw wrong(`acceptOpenBooks accepts only the text '${EVERY_MEMBER_READS}'`);
}

function intervalOf({ booksCheckEveryMs = BOOKS_CHECK_EVERY_MS }: BooksOptions): number {
  if (booksCheckEveryMs >= 0 && booksCheckEveryMs <= LONGEST_CHECK_MS) return booksCheckEveryMs;
  throw wrong(`booksCheckEveryMs must be 0 to ${String(LONGEST_CHECK_MS)}`);
}

/** The guard of one connection. */
export class BooksGuard {
  readonly #channel: string;
  readonly #questions: BooksQuestions;
  readonly #everyMs: number;
  readonly #accepted: boolean;
  /** When the books were last known to be closed, by a clock that never goes back. */
  #closedAt = -Infinity;
  #asking: Promise<void> | undefined;

  /** @throws TenorError CONFIGURATION */
  constructor(channel: string, options: BooksOptions, questions: BooksQuestions) {
    this.#channel = channel;
    this.#questions = questions;
    this.#everyMs = intervalOf(options);
    this.#accepted = isAccepted(options);
    if (this.#accepted) warn(channel);
  }

  /**
   * Returns when the books are closed, or open books are accepted. Calls at the same time share one question; that they are open
   * is asked again at each call, so that closing them is noticed at once.
   * @throws TenorError BOOKS_OPEN, UNAVAILABLE when the peer does not answer, REFUSED_BY_NETWORK for any other answer
   */
  async assertClosed(): Promise<void> {
    if (this.#accepted || performance.now() - this.#closedAt < this.#everyMs) return;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    await this.#asking;
  }

  async #ask(): Promise<void> {
    const askedAt = performance.now();
    if ((await this.#questions.askForPrivateBlock()) !== 'refused') throw this.#open('a private block was handed over');
    // The peer may refuse only this identity. The channel's configuration says whether anybody else would get the block.
    if (!(await this.#isClosedForAll())) throw this.#open('the access list lets one signature through');
    this.#closedAt = askedAt;
  }

  async #isClosedForAll(): Promise<boolean> {
    const bytes = await this.#questions.readConfiguration().catch((error: unknown) => {
      throw refusalOf(error);
    });
    try {
      return isClosed(common.Config.deserializeBinary(bytes));
    } catch (cause) {
      throw new TenorError('REFUSED_BY_NETWORK', { asked: 'channel configuration' }, { cause });
    }
  }

  #open(seen: string): TenorError {
    return new TenorError('BOOKS_OPEN', { channel: this.#channel, seen });
  }
}
