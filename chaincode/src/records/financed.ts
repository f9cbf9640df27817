/** A funder keeps in its own book what it has counted against its limits. It is deleted when all of it is released. */
import type { RecordKind } from '../ledger/recordKind.js';

export const financed: RecordKind<'financed'> = {
  registers: ({ funderMsp }) => [funderMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: true,
};
