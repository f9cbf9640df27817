/** A party that lost its copy, or holds a superseded one, takes the current bytes from another party: the register vouches for them. */
import { TenorError } from '../protocol/errors.js';
import type { BookKind, Terms } from '../protocol/records.js';
import { copy, type Caller, type Decision, type Opened } from './decision.js';

const rootOf = (record: object): unknown => ('certificateId' in record ? record.certificateId : 'id' in record ? record.id : undefined);

/** Writes handed-over bytes into the caller's own book. @throws TenorError CALLER_NOT_REGISTERED, OPENING_MISMATCH (the terms are of another certificate) */
export function restore(opened: Opened<BookKind>, terms: Terms | undefined, caller: Caller): Decision {
  if (caller.operator === undefined) throw new TenorError('CALLER_NOT_REGISTERED');
  const foreign = terms !== undefined && rootOf(opened.record) !== terms.id;
  if (foreign) throw new TenorError('OPENING_MISMATCH', { kind: 'terms', id: terms.id });
  return { writes: [copy(opened, [caller.mspId])] };
}
