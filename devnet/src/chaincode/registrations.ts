// Chaincodes that dial the peer: each opens a line, and registers on it under the name by which it is then called.
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { Announcer } from '../announcer.js';
import type { CallContext } from '../callContext.js';
import type { DuplexMethod } from '../gateway/service.js';
import { RpcError } from '../gateway/rpcError.js';
import { messageOf } from '../messageOf.js';
import type { ChaincodeLink } from './link.js';
import { ChaincodeStream } from './stream.js';

const START_TIMEOUT_MS = 10_000;

export class Registrations {
  /** How long a call waits for a chaincode that has not registered yet. */
  startTimeoutMs = START_TIMEOUT_MS;
  readonly #streams = new Map<string, ChaincodeStream>();
  /** Every line, also those on which nobody has registered yet. */
  readonly #lines = new Set<ChaincodeLink>();
  readonly #announcer = new Announcer();

  /** Whether a chaincode has registered under the name and is still there. */
  has(name: string): boolean {
    return this.#streams.get(name)?.isClosed === false;
  }

  /** The stream of the chaincode that has registered under a name. Rejects when none comes in time. */
  async stream(name: string): Promise<ChaincodeStream> {
    const late = sleep(this.startTimeoutMs, true, { ref: false });
    for (let isLate = false; !isLate;) {
      const stream = this.#streams.get(name);
      if (stream?.isClosed === false) {
        return stream;
      }
      isLate = await Promise.race([late, this.#announcer.next().then(() => false)]);
    }
    throw new Error(
      `timeout expired while starting chaincode ${name} for transaction: none has registered under this name`,
    );
  }

  /** The service that chaincodes dial: protos.ChaincodeSupport/Register. */
  readonly register: DuplexMethod = (requests, context) => this.#serve(requests, context);

  closeAll(): void {
    for (const line of this.#lines) {
      line.close();
    }
  }

  async *#serve(requests: AsyncIterable<Uint8Array>, context: CallContext): AsyncGenerator<Uint8Array> {
    const line = new IncomingLine(context);
    const registered = this.#accept(line);
    line.read(requests);
    this.#lines.add(line);
    try {
      yield* line.outgoing();
    } finally {
      this.#lines.delete(line);
    }
    const refusal = await registered;
    if (refusal !== undefined) {
      throw new RpcError(status.FAILED_PRECONDITION, refusal);
    }
  }

  /** Why the chaincode on this line could not register; undefined once it has. */
  async #accept(line: ChaincodeLink): Promise<string | undefined> {
    const stream = new ChaincodeStream(line, (name) => this.#refusal(name));
    try {
      this.#streams.set(await stream.ready(), stream);
    } catch (error) {
      return messageOf(error);
    }
    this.#announcer.announce();
    return undefined;
  }

  #refusal(name: string): string | undefined {
    if (name === '') {
      return 'error in handling register chaincode, chaincodeID name is empty';
    }
    return this.has(name) ? `duplicate chaincodeID: ${name}` : undefined;
  }
}

/** A line that the other side has opened. */
class IncomingLine implements ChaincodeLink {
  readonly #queue: Uint8Array[] = [];
  readonly #queued = new Announcer();
  #receive: ((bytes: Uint8Array) => void) | undefined;
  #closed: ((reason?: Error) => void) | undefined;
  #isOpen = true;

  constructor({ signal }: CallContext) {
    signal.addEventListener('abort', () => {
      this.close();
    });
  }

  send(bytes: Uint8Array): void {
    this.#queue.push(bytes);
    this.#queued.announce();
  }

  onMessage(handler: (bytes: Uint8Array) => void): void {
    this.#receive = handler;
  }

  onClose(handler: (reason?: Error) => void): void {
    this.#closed = handler;
  }

  close(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#closed?.();
      this.#queued.announce();
    }
  }

  /** Hands on what comes in until the other side is done. */
  read(requests: AsyncIterable<Uint8Array>): void {
    const readAll = async (): Promise<void> => {
      for await (const bytes of requests) {
        if (this.#isOpen) {
          this.#receive?.(bytes);
        }
      }
    };
    readAll().then(
      () => {
        this.close();
      },
      () => {
        this.close(); // who breaks off has hung up
      },
    );
  }

  /** What goes out, until the line is closed. */
  async *outgoing(): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        yield next;
      }
      if (!this.#isOpen) {
        return;
      }
      await this.#queued.next();
    }
  }
}
