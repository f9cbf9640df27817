/** Due slices of one certificate become one as they are presented, so that each further step is taken once for all of them. */
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import type { Slice } from '../protocol/records/index.js';
import { consolidated, type Consolidating } from './consolidations.js';
import { unsalted, type Unsalted, type Write } from './decision.js';
import { eachItem } from './items.js';
import { digitsOf } from './money.js';
import { totalOf } from './together.js';

/** Slices of one certificate, and the one that they become. */
interface Merged {
  readonly whole: Unsalted<'slice'>;
  /** What is said of the slices that went into it. */
  readonly parts: readonly Write[];
}

/**
 * Merges slices of one holder by certificate. The new ids are in the order in which the certificates come first. Whoever is liable for one of them has to
 * be liable for all, and what one awaits all have to, because the whole says it once.
 * @throws TenorError BATCH_MIXED, AMOUNT_OUT_OF_RANGE
 */
export function mergedByCertificate(
  slices: readonly Slice[],
  ids: readonly string[],
  said: ReadonlyMap<string, Consolidating>,
): readonly Merged[] {
  const groups = new Map<string, Slice[]>();
  eachItem(slices, (slice) => {
    const group = groups.get(slice.certificateId) ?? [];
    const [first = slice] = group;
    if (saidOnce(first) !== saidOnce(slice)) throw new TenorError('BATCH_MIXED');
    groups.set(slice.certificateId, [...group, slice]);
  });
  if (groups.size !== ids.length) throw new TenorError('BATCH_MIXED');
  return [...groups].map(([certificateId, parts], index) => merged(parts, ids[index] ?? '', said.get(certificateId)));
}

/** What the whole says once for all its parts: who is liable, and what has to leave the count before it is counted. */
const saidOnce = ({ liable = [], awaits = '' }: Slice): string => canonicalJson({ liable, awaits });

function merged(parts: readonly Slice[], id: string, said: Consolidating | undefined): Merged {
  const [first, ...others] = parts;
  if (first === undefined || said === undefined) throw new Error('a certificate comes with its first slice');
  const tier = others.reduce((most, slice) => Math.max(most, slice.tier), first.tier);
  const amount = digitsOf(totalOf(parts));
  return {
    whole: { ...unsalted(first), id, parentId: first.id, amount, tier, lock: null, children: [] },
    parts: consolidated(parts, id, said),
  };
}
