/** A funder keeps its limits in its own book. Nobody else has them: it restores them from its own backup. */
import type { RecordKind } from '../ledger/recordKind.js';

export const fundingLimit: RecordKind<'fundingLimit'> = {
  registers: ({ funderMsp }) => [funderMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: true,
};
