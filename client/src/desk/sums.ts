/** Adds up what agrees in all that tells it apart. */

/** Adds up items that agree in all their keys, in the order of these. Numbers are added, and lists joined. */
export function grouped<Item extends object>(items: readonly Item[], keys: readonly (keyof Item)[]): readonly Item[] {
  const groups = new Map<string, Item>();
  for (const item of items) {
    const key = JSON.stringify(keys.map((each) => item[each]));
    const before = groups.get(key);
    groups.set(key, before === undefined ? item : added(before, item));
  }
  return [...groups.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}

const added = <Item extends object>(one: Item, other: Item): Item =>
  Object.fromEntries(
    Object.entries(one).map(([field, value]: [string, unknown]) => [field, plus(value, (other as never)[field])]),
  ) as Item;

function plus(one: unknown, other: unknown): unknown {
  if (typeof one === 'bigint' && typeof other === 'bigint') return one + other;
  if (Array.isArray(one) && Array.isArray(other)) return [...(one as unknown[]), ...(other as unknown[])];
  return typeof one === 'number' && typeof other === 'number' ? one + other : one;
}
