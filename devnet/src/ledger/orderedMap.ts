// A map whose keys can be walked in the order of their UTF-8 bytes, as LevelDB keeps them.

/** Compares as Go compares the UTF-8 bytes. JavaScript's own order differs above the surrogates. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      return byteRank(left) - byteRank(right);
    }
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF and so sort after every other unit. */
function byteRank(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate ? unit + 0x10000 : unit;
}

export class OrderedMap<V> {
  /** Deleted keys stay with the value undefined, so that `#sorted` never needs a removal. */
  readonly #values = new Map<string, V | undefined>();
  #sorted: string[] = [];
  #unsorted: string[] = [];

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V | undefined): void {
    if (!this.#values.has(key)) {
      this.#unsorted.push(key);
    }
    this.#values.set(key, value);
  }

  /** Entries with start <= key < end; an empty end means no end. Keys that are added meanwhile do not show. */
  *range(start: string, end: string): Generator<readonly [string, V], undefined> {
    this.#sort();
    const keys = this.#sorted;
    for (let index = firstAtLeast(keys, start); index < keys.length; index += 1) {
      const key = keys[index] ?? '';
      if (end !== '' && compareKeys(key, end) >= 0) {
        return undefined;
      }
      const value = this.#values.get(key);
      if (value !== undefined) {
        yield [key, value];
      }
    }
    return undefined;
  }

  #sort(): void {
    if (this.#unsorted.length > 0) {
      this.#sorted = [...this.#sorted, ...this.#unsorted].sort(compareKeys);
      this.#unsorted = [];
    }
  }
}

function firstAtLeast(sorted: readonly string[], start: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(sorted[middle] ?? '', start) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
