/**
 * Facts that need registry records. While a command loads, the records that all facts need are collected. The transaction then reads
 * them in one message and makes the facts. One message is used because it costs about as much as all other work for a key.
 */
import { atIndex } from '../domain/items.js';
import type { ErrorCode } from '../protocol/errors.js';
import type { PublicKind, PublicRecord } from '../protocol/records/index.js';

/** A registry record by kind, and by id if there are several of the kind. */
export type PublicRef = readonly [kind: PublicKind, id?: string];

/** The registry records that were read. */
export interface RegistryView {
  /** @throws TenorError `missing` */
  get<Kind extends PublicKind>(kind: Kind, id: string | undefined, missing: ErrorCode): PublicRecord<Kind>;
  find<Kind extends PublicKind>(kind: Kind, id?: string): PublicRecord<Kind> | undefined;
}

/** A fact that can be made only when registry records have been read. */
export class Pending<Fact> {
  readonly refs: readonly PublicRef[];
  readonly resolve: (registry: RegistryView) => Fact;

  constructor(refs: readonly PublicRef[], resolve: (registry: RegistryView) => Fact) {
    this.refs = refs;
    this.resolve = resolve;
  }

  /** Another fact, made from this one. */
  map<Other>(make: (fact: Fact, registry: RegistryView) => Other, refs: readonly PublicRef[] = []): Pending<Other> {
    return new Pending([...this.refs, ...refs], (registry) => make(this.resolve(registry), registry));
  }

  /** The same fact of an item of a bulk request. A refusal names the index of the item. */
  at(index: number): Pending<Fact> {
    return new Pending(this.refs, (registry) => {
      try {
        return this.resolve(registry);
      } catch (error) {
        throw atIndex(error, index);
      }
    });
  }
}

/** A registered party. Resolves with @throws TenorError PARTY_UNKNOWN */
export const partyOf = (id: string): Pending<PublicRecord<'party'>> =>
  new Pending([['party', id]], (registry) => registry.get('party', id, 'PARTY_UNKNOWN'));

type Resolved<Loaded> =
  Loaded extends Pending<infer Fact> ? Fact : Loaded extends readonly Pending<infer Fact>[] ? readonly Fact[] : Loaded;

/** The loaded facts after every pending fact was made. */
export type Facts<Loaded> = { readonly [Key in keyof Loaded]: Resolved<Loaded[Key]> };

function pendingsIn(value: unknown): readonly Pending<unknown>[] {
  const values = (Array.isArray(value) ? value : [value]) as readonly unknown[];
  return values.filter((each): each is Pending<unknown> => each instanceof Pending);
}

/** Every registry record that loaded facts need. */
export const refsOf = (loaded: object): readonly PublicRef[] =>
  Object.values(loaded)
    .flatMap(pendingsIn)
    .flatMap(({ refs }) => refs);

/** Makes every pending fact. @throws what the facts refuse */
export function factsOf<Loaded extends object>(loaded: Loaded, registry: RegistryView): Facts<Loaded> {
  const entries = Object.entries(loaded).map(([key, value]: [string, unknown]): [string, unknown] => {
    if (value instanceof Pending) return [key, value.resolve(registry)];
    const isList = Array.isArray(value) && value.some((each) => each instanceof Pending);
    return [key, isList ? (value as Pending<unknown>[]).map((each) => each.resolve(registry)) : value];
  });
  return Object.fromEntries(entries) as Facts<Loaded>;
}
