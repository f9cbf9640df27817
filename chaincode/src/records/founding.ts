/** The founding that an organisation agreed to, in its own book. */
import type { RecordKind } from '../ledger/recordKind.js';

export const founding: RecordKind<'founding'> = {
  registers: (_record, callerMsp) => [callerMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
  unsalted: true,
};
