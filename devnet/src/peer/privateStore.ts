// The private sets one peer holds: those of transactions under way, those it has committed, and those it still misses.
import { sha256 } from '../identity/ecdsa.js';
import type { PrivateReference } from '../ledger/chain.js';
import type { PrivateSet } from '../ledger/rwsetBuilder.js';
import { getOrCreate } from '../ledger/state.js';
import type { Version } from '../ledger/version.js';

/** One private set of one transaction on the chain. */
export interface PrivateRequest extends PrivateReference {
  readonly txId: string;
  readonly place: Version;
}

export class PrivateStore {
  readonly #transient = new Map<string, PrivateSet[]>();
  readonly #committed = new Map<string, PrivateSet[]>();
  #missing: PrivateRequest[] = [];

  /** Keeps sets that were simulated here, or that an endorsing peer sent, until their transaction is committed. */
  keep(txId: string, sets: readonly PrivateSet[]): void {
    if (sets.length > 0) {
      getOrCreate(this.#transient, txId, () => []).push(...sets);
    }
  }

  /** The set with the hash that was asked for; undefined when it is not here. */
  find({ txId, place, namespace, collection, hash }: PrivateRequest): PrivateSet | undefined {
    const held = [...(this.#transient.get(txId) ?? []), ...this.at(place)];
    return held.find(
      (set) => set.namespace === namespace && set.collection === collection && sha256(set.bytes).equals(hash),
    );
  }

  commit(place: Version, set: PrivateSet): void {
    getOrCreate(this.#committed, placeId(place), () => []).push(set);
  }

  /** Notes that a set could not be had from anybody. */
  miss(request: PrivateRequest): void {
    this.#missing.push(request);
  }

  /** The sets that are missing; they are then no longer noted. */
  takeMissing(): PrivateRequest[] {
    const missing = this.#missing;
    this.#missing = [];
    return missing;
  }

  /** The committed sets of one transaction. */
  at(place: Version): readonly PrivateSet[] {
    return this.#committed.get(placeId(place)) ?? [];
  }

  /** Forgets the committed sets of one transaction in one collection. */
  expire(place: Version, namespace: string, collection: string): void {
    const kept = this.at(place).filter((set) => set.namespace !== namespace || set.collection !== collection);
    if (kept.length > 0) {
      this.#committed.set(placeId(place), kept);
    } else {
      this.#committed.delete(placeId(place));
    }
  }

  /** Forgets the transaction's sets that are not committed. */
  drop(txId: string): void {
    this.#transient.delete(txId);
  }
}

function placeId({ block, tx }: Version): string {
  return `${String(block)}/${String(tx)}`;
}
