/** Slices that became parts of others as they were presented. One record says it for all of them, so that none has to be rewritten. */
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookRecord, Slice } from '../protocol/records/index.js';
import { put, unsalted, type Opened, type Write } from './decision.js';

/** Where it is said of the slices of one certificate that one holder has, and what is said already. */
export interface Consolidating {
  readonly id: string;
  readonly before: Opened<'consolidation'> | undefined;
}

type Consolidation = BookRecord<'consolidation'>;

/** Id of the slice of which this one became a part. */
const wholeOf = ({ wholes }: Pick<Consolidation, 'wholes'>, sliceId: string): string | undefined =>
  wholes.find(({ sliceIds }) => sliceIds.includes(sliceId))?.id;

/** Whether a slice became part of another one. */
export const isConsolidated = (consolidation: Pick<Consolidation, 'wholes'>, sliceId: string): boolean =>
  wholeOf(consolidation, sliceId) !== undefined;

/** Id of the slice of which a free one became a part, if anything says so. @throws TenorError OPENING_MISMATCH */
export function consolidatedIn(
  slice: Opened<'slice'>,
  consolidation: Opened<'consolidation'> | undefined,
): string | undefined {
  if (consolidation === undefined) return undefined;
  const { id, record } = consolidation;
  const isOfSlice = record.certificateId === slice.record.certificateId && record.holder === slice.record.holder;
  if (!isOfSlice) throw new TenorError('OPENING_MISMATCH', { kind: 'consolidation', id });
  return wholeOf(record, slice.id);
}

/**
 * Says of slices that they are parts of `wholeId` now. Free ones are listed, as long as the list has room. All others are rewritten: the record of a slice
 * whose offer or pledge has lapsed would still say who may take it.
 */
export function consolidated(parts: readonly Slice[], wholeId: string, { id, before }: Consolidating): Write[] {
  const wholes = before?.record.wholes ?? [];
  const known = wholes.reduce((sum, { sliceIds }) => sum + sliceIds.length, 0);
  const free = parts.filter(({ state }) => state === 'FREE');
  const listed = known + free.length > LIMITS.consolidatedItems ? [] : free;
  const rewritten = parts.filter((part) => !listed.includes(part));
  const [first] = listed;
  return [
    ...(first === undefined
      ? []
      : [
          put('consolidation', id, {
            ...{ schema: 'tenor.consolidation/1' as const, id },
            ...{ certificateId: first.certificateId, holder: first.holder, holderMsp: first.holderMsp },
            wholes: [...wholes, { id: wholeId, sliceIds: listed.map((part) => part.id) }],
          }),
        ]),
    ...rewritten.map((part) =>
      put('slice', part.id, { ...unsalted(part), state: 'SPENT', lock: null, children: [wholeId] }),
    ),
  ];
}
