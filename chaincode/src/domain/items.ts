/** The items of a bulk request. A refusal names the index of the item. */
import { TenorError } from '../protocol/errors.js';

/** A refusal inside a bulk request, with the index of the item. */
export function atIndex<Thrown>(error: Thrown, index: number): Thrown | TenorError {
  return error instanceof TenorError ? new TenorError(error.code, { ...error.data, index: String(index) }) : error;
}

/** The first item. There is one, because the schema of every request asks for at least one item. */
export function firstOf<Item>([first]: readonly Item[]): Item {
  if (first === undefined) throw new Error('a request names at least one item');
  return first;
}

/** Applies a rule to each item. @throws what the rule throws, with the index of the item */
export function eachItem<Item, Result>(items: readonly Item[], rule: (item: Item, index: number) => Result): Result[] {
  return items.map((item, index) => {
    try {
      return rule(item, index);
    } catch (error) {
      throw atIndex(error, index);
    }
  });
}
