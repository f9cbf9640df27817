/** The funder keeps its quote in its own book, and the holder reads it. Who accepts it shows its bytes, which the funder can no longer change then. */
import type { RecordKind } from '../ledger/recordKind.js';

export const quote: RecordKind<'quote'> = {
  registers: ({ funderMsp }) => [funderMsp],
  copies: ({ holderMsp }) => [holderMsp],
  policy: () => undefined,
  restorable: true,
};
