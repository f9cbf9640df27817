// Memory for bytes that stay. They are stored one after the other in large pieces, so that short-lived objects leave no holes between them.

const SEGMENT_BYTES = 1 << 20;

export class Segments {
  #current = new Uint8Array();
  #used = 0;

  /** A copy of the bytes that is kept as long as anything in its segment is. */
  keep(bytes: Uint8Array): Uint8Array {
    if (this.#used + bytes.length > this.#current.length) {
      this.#current = new Uint8Array(Math.max(SEGMENT_BYTES, bytes.length));
      this.#used = 0;
    }
    const kept = this.#current.subarray(this.#used, this.#used + bytes.length);
    kept.set(bytes);
    this.#used += bytes.length;
    return kept;
  }
}
