/** Public state as one transaction reads it: each key once, and each record decoded once however often it is asked for. */
import type { PublicKind, PublicRecord } from '../protocol/records/index.js';
import { decodePublicRecord } from './codec.js';
import { publicKey } from './keys.js';
import { readMany, type SingleCalls } from './peerBatch.js';
import type { PublicRef } from './pending.js';

/** What was read of public state. */
export class PublicState {
  readonly #stub: SingleCalls;
  /** The stored texts by key, or '' if there is none. */
  readonly #stored = new Map<string, string>();
  readonly #decoded = new Map<string, PublicRecord<PublicKind>>();

  constructor(stub: SingleCalls) {
    this.#stub = stub;
  }

  /** Reads records in one message. */
  async prefetch(refs: readonly PublicRef[]): Promise<void> {
    await this.#read(refs.map(([kind, id]) => publicKey(kind, id)));
  }

  /** What is stored under a key, or ''. */
  async text(key: string): Promise<string> {
    await this.#read([key]);
    return this.#stored.get(key) ?? '';
  }

  /** Whether the record was asked for. */
  isRead(kind: PublicKind, id?: string): boolean {
    return this.#stored.has(publicKey(kind, id));
  }

  /** A record that was read, if there is one. */
  find<Kind extends PublicKind>(kind: Kind, id: string | undefined): PublicRecord<Kind> | undefined {
    const key = publicKey(kind, id);
    const stored = this.#stored.get(key);
    if (stored === undefined) throw new Error(`registry record ${kind} was not read`);
    if (stored === '') return undefined;
    const record = this.#decoded.get(key) ?? decodePublicRecord(kind, stored);
    this.#decoded.set(key, record);
    return record as PublicRecord<Kind>;
  }

  async #read(keys: readonly string[]): Promise<void> {
    await readInto(this.#stored, keys, (missing) => readMany(this.#stub, '', missing));
  }
}

/** Reads the values that a cache lacks. */
export async function readInto(
  cache: Map<string, string>,
  keys: readonly string[],
  read: (missing: readonly string[]) => Promise<readonly Uint8Array[]>,
): Promise<void> {
  const missing = [...new Set(keys)].filter((key) => !cache.has(key));
  const values = await read(missing);
  missing.forEach((key, index) => cache.set(key, Buffer.from(values[index] ?? []).toString('utf8')));
}
