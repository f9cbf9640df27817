/** An organisation's word on a batch, in its own book. */
import type { RecordKind } from '../ledger/recordKind.js';

export const approval: RecordKind<'approval'> = {
  registers: ({ mspId }) => [mspId],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
  unsalted: true,
};
