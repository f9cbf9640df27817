// A lock of the state: many simulations may hold it together, or one commit alone. A waiting commit goes before later simulations.

export class CommitLock {
  #readers = 0;
  #writing = false;
  readonly #waitingWriters: (() => void)[] = [];
  readonly #waitingReaders: (() => void)[] = [];

  /** Resolves when the state may be read, to the function that ends the reading; calling it twice does no harm. */
  async share(): Promise<() => void> {
    while (this.#writing || this.#waitingWriters.length > 0) {
      await new Promise<void>((resolve) => this.#waitingReaders.push(resolve));
    }
    this.#readers += 1;
    let released = false;
    return () => {
      if (!released) {
        released = true;
        this.#readers -= 1;
        this.#wake();
      }
    };
  }

  /** Runs `write` when nobody reads. */
  async exclusive(write: () => void): Promise<void> {
    while (this.#writing || this.#readers > 0) {
      await new Promise<void>((resolve) => this.#waitingWriters.push(resolve));
    }
    this.#writing = true;
    try {
      write();
    } finally {
      this.#writing = false;
      this.#wake();
    }
  }

  #wake(): void {
    if (this.#readers > 0) {
      return;
    }
    const writer = this.#waitingWriters.shift();
    if (writer) {
      writer();
      return;
    }
    this.#waitingReaders.splice(0).forEach((resume) => {
      resume();
    });
  }
}
