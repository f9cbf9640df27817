/** What was counted, the issuer's own book remembers for both: the issuer alone must neither forget it nor stall the next count. */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';

export const totals: RecordKind<'totals'> = {
  registers: ({ id }) => [drawerOf(id)],
  copies: ({ id }) => [registerOf(id)],
  policy: ({ id }) => ({ all: [registerOf(id), drawerOf(id)] }),
  restorable: true,
};
