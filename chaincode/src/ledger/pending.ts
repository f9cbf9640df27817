/**
 * Facts that need registry records. Loading collects what every one of them needs, the transaction reads it in one message, and then
 * each is made of it: every message to the peer costs about as much as all else that a key costs.
 */
import { atIndex } from '../domain/items.js';
import type { ErrorCode } from '../protocol/errors.js';
import type { PublicKind, PublicRecord } from '../protocol/records/index.js';

/** A registry record by kind and, where there are several, id. */
export type PublicRef = readonly [kind: PublicKind, id?: string];

/** The registry records that were read. */
export interface RegistryView {
  /** @throws TenorError `missing` */
  get<Kind extends PublicKind>(kind: Kind, id: string | undefined, missing: ErrorCode): PublicRecord<Kind>;
  find<Kind extends PublicKind>(kind: Kind, id?: string): PublicRecord<Kind> | undefined;
}

/** A fact that is made once registry records are there. */
export class Pending<Fact> {
  readonly refs: readonly PublicRef[];
  readonly resolve: (registry: RegistryView) => Fact;

  constructor(refs: readonly PublicRef[], resolve: (registry: RegistryView) => Fact) {
    this.refs = refs;
    this.resolve = resolve;
  }

  /** Another fact that is made of this one. */
  map<Other>(make: (fact: Fact, registry: RegistryView) => Other, refs: readonly PublicRef[] = []): Pending<Other> {
    return new Pending([...this.refs, ...refs], (registry) => make(this.resolve(registry), registry));
  }

  /** The same fact, of an item of a bulk request: what is refused names its index. */
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

/** What was loaded, with every pending fact made. */
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
