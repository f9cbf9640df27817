/** The holder's acceptance of a quote, in its own book. */
import type { RecordKind } from '../ledger/recordKind.js';

export const acceptance: RecordKind<'acceptance'> = {
  registers: ({ holderMsp }) => [holderMsp],
  copies: ({ funderMsp }) => [funderMsp],
  policy: () => undefined,
  restorable: true,
};
