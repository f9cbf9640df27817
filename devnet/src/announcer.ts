// Tells those who wait for a block that there is one.

export class Announcer {
  #waiting: (() => void)[] = [];

  /** Resolves at the next call of `announce`. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  announce(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((resume) => {
      resume();
    });
  }
}
