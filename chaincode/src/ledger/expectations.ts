/**
 * What a transaction expects in the books of any organisation, as hashes of private values. Expectations are stated while the
 * transaction loads. They are looked up at the end, in the same order, and the first that does not hold is the refusal of the call.
 */
import type { ChaincodeStub } from 'fabric-shim';
import { TenorError } from '../protocol/errors.js';
import { sha256 } from './codec.js';
import { bookOf } from './keys.js';
import { keepsValues, readMany, type SingleCalls } from './peerBatch.js';

/** The part of the shim's stub that looks into books. */
export type BookStub = SingleCalls & Pick<ChaincodeStub, 'getPrivateDataHash'>;

/** A key in an organisation's book. */
export interface Place {
  readonly mspId: string;
  readonly key: string;
}

/** One thing that has to hold, and the refusal if it does not. */
export type Expectation = { readonly otherwise: () => TenorError } & (
  | { readonly what: 'never' }
  /** The hash must fit. It is in hex, or '' if there is no value. */
  | ({ readonly what: 'hash'; readonly fits: (hash: string) => boolean } & Place)
);

/** Nothing was preserved, and something has to stand there: that is what to say, and what can be done about. */
function wrongSinceItLeft(
  { fits, otherwise, mspId }: Extract<Expectation, { what: 'hash' }>,
  preserved: string,
): TenorError | undefined {
  if (fits(preserved)) return undefined;
  const refusal = otherwise();
  return preserved === '' ? new TenorError('ORGANIZATION_LEFT', { ...refusal.data, mspId }) : refusal;
}

const pathOf = ({ mspId, key }: Place): string => `${mspId}/${key}`;

/** Who has left, and what was preserved of what they vouched for. */
export interface Vouchers {
  readonly left: ReadonlySet<string>;
  /** The preserved hash in hex, '' where nothing was preserved. */
  hash(place: Place): Promise<string>;
}

/** The expectations of one transaction. */
export class Expectations {
  readonly #stub: BookStub;
  readonly #hashes = new Map<string, Promise<string>>();
  /** Hashes computed from values that the peer answered, or '' if it has no value. */
  readonly #fromValues = new Map<string, string>();
  /** Keys about which something was stated. */
  readonly #stated = new Set<string>();
  #open: Expectation[] = [];
  #failure: TenorError | undefined;

  constructor(stub: BookStub) {
    this.#stub = stub;
  }

  /** States one more expectation. */
  state(expectation: Expectation): void {
    this.#open.push(expectation);
    if (expectation.what === 'hash') this.#stated.add(pathOf(expectation));
  }

  /** Whether something was stated about a key. */
  isStated(mspId: string, key: string): boolean {
    return this.#stated.has(pathOf({ mspId, key }));
  }

  /**
   * Looks up what was stated since the last call: the first that did not hold, ever. The book of an organisation that left is not
   * asked: what was preserved of it stands in its place. @throws TenorError MSP_UNKNOWN
   */
  async failure(vouchers: Vouchers): Promise<TenorError | undefined> {
    const open = this.#open;
    this.#open = [];
    await this.#readValues(open.filter((each) => each.what === 'hash' && !vouchers.left.has(each.mspId)));
    // All of them, whatever fails: a repeat is answered by endorsers whose read sets have to be equal too.
    for (const expectation of open) {
      const wrong = await this.#wrongWith(expectation, vouchers);
      this.#failure ??= wrong;
    }
    return this.#failure;
  }

  /** Fabric's hash of a private value in hex, or '' when there is none. @throws TenorError MSP_UNKNOWN */
  hash(mspId: string, key: string): Promise<string> {
    const place = { mspId, key };
    const known = this.#hashes.get(pathOf(place)) ?? this.#readHash(place);
    this.#hashes.set(pathOf(place), known);
    return known;
  }

  async #wrongWith(expectation: Expectation, vouchers: Vouchers): Promise<TenorError | undefined> {
    if (expectation.what === 'never') return expectation.otherwise();
    if (vouchers.left.has(expectation.mspId)) return wrongSinceItLeft(expectation, await vouchers.hash(expectation));
    const fromValue = this.#fromValues.get(pathOf(expectation));
    // A peer may lack a private value, or have an older one. All of them have the hash, and only it refuses.
    if (fromValue !== undefined && expectation.fits(fromValue)) return undefined;
    return expectation.fits(await this.hash(expectation.mspId, expectation.key)) ? undefined : expectation.otherwise();
  }

  /**
   * Fabric has no message that asks for several hashes, but it has one that asks for several values, and the read set is the same. So
   * the book whose values the peer keeps is read in one message, and the hashes are computed from the values.
   */
  async #readValues(expectations: readonly Expectation[]): Promise<void> {
    const keysOf = new Map<string, Set<string>>();
    for (const expectation of expectations) {
      if (expectation.what !== 'hash' || !keepsValues(this.#stub, bookOf(expectation.mspId))) continue;
      const keys = keysOf.get(expectation.mspId) ?? new Set();
      keysOf.set(expectation.mspId, keys.add(expectation.key));
    }
    for (const [mspId, keys] of keysOf) {
      const missing = [...keys].filter((key) => !this.#hashes.has(pathOf({ mspId, key })));
      if (missing.length < 2) continue;
      const values = await readMany(this.#stub, bookOf(mspId), missing);
      for (const [index, key] of missing.entries()) {
        const value = values[index] ?? new Uint8Array();
        this.#fromValues.set(pathOf({ mspId, key }), value.length === 0 ? '' : sha256(value));
      }
    }
  }

  async #readHash({ mspId, key }: Place): Promise<string> {
    try {
      return Buffer.from(await this.#stub.getPrivateDataHash(bookOf(mspId), key)).toString('hex');
    } catch (error) {
      // Fabric knows the implicit collections of the organisations of the channel, and no others.
      if (error instanceof Error && error.message.includes('not defined in the collection config')) {
        throw new TenorError('MSP_UNKNOWN', { mspId });
      }
      throw error;
    }
  }
}
