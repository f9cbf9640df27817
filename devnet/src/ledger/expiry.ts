// Block-to-live: private data goes, value and hash, with the commit of the block that its collection's setting says.

/** The block with whose commit goes what the given block wrote; undefined when it stays. */
export function expiryOf(block: number, blockToLive: number): number | undefined {
  return blockToLive === 0 ? undefined : block + blockToLive + 1;
}

/** What goes with which block. */
export class ExpirySchedule<Item> {
  readonly #due = new Map<number, Item[]>();

  /** Undefined as block: it stays. */
  add(block: number | undefined, item: Item): void {
    if (block === undefined) {
      return;
    }
    const items = this.#due.get(block);
    if (items) {
      items.push(item);
    } else {
      this.#due.set(block, [item]);
    }
  }

  /** What goes with this block; it is then no longer on the schedule. */
  take(block: number): readonly Item[] {
    const items = this.#due.get(block) ?? [];
    this.#due.delete(block);
    return items;
  }
}
