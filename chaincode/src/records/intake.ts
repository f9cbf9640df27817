/** Places for calls of other organisations, in the book that takes what they put there. Only the ledger writes them (ledger/intake.ts). */
import type { RecordKind } from '../ledger/recordKind.js';

export const intake: RecordKind<'intake'> = {
  registers: (_record, callerMsp) => [callerMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
};
