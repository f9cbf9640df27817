/** Gives everything that differs from run to run its name, so that outcomes of two runs and two engines compare. */
import { createHash } from 'node:crypto';

/** What a case answers: plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What cannot be known before, in the order in which it is looked for. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // Go's protobuf writes either kind of space, by chance, so that nobody relies on its texts.
  [/\u00a0/g, ' '],
  [/\b(\w+)_1:[0-9a-f]{64}\b/g, '<package of $1>'],
  [/\b(?:127\.0\.0\.1|localhost|\[::1\]):\d+/g, '<address>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d\d:?\d\d(?: \w+)?)?/g, '<time>'],
  [/\b[0-9a-f]{40,}\b/g, '<hex>'],
];

/** Names of one case. Longer values are replaced first. */
export class Names {
  readonly #names = new Map<string, string>();
  #transactions = 0;

  give(value: string, name: string): void {
    if (value !== '') this.#names.set(value, name);
  }

  /** The next transaction: T1, T2, ... */
  transaction(txId: string): void {
    this.#transactions += 1;
    this.give(txId, `<T${String(this.#transactions)}>`);
  }

  /** A key with its prefix, and its hash. */
  key(value: string, short: string): void {
    this.give(value, short);
    this.give(hashOf(value), `<hash of ${short}>`);
  }

  /** The outcome with names in place of values, in every text. */
  apply(outcome: unknown): Json {
    const values = [...this.#names].sort(([left], [right]) => right.length - left.length);
    const inText = (text: string): string => {
      const named = values.reduce((result, [value, name]) => result.replaceAll(value, name), text);
      return PATTERNS.reduce((result, [pattern, name]) => result.replaceAll(pattern, name), named);
    };
    const inJson = (json: Json): Json => {
      if (typeof json === 'string') return inText(json);
      if (json === null || typeof json !== 'object') return json;
      if (Array.isArray(json)) return (json as readonly Json[]).map(inJson);
      return Object.fromEntries(Object.entries(json).map(([name, value]) => [inText(name), inJson(value)]));
    };
    return inJson(JSON.parse(JSON.stringify(outcome ?? null)) as Json);
  }
}
