/** The issuer's own book keeps the amount that was counted, for bank and issuer. The issuer alone cannot change it. */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';

export const totals: RecordKind<'totals'> = {
  registers: ({ id }) => [drawerOf(id)],
  copies: ({ id }) => [registerOf(id)],
  policy: ({ id }) => ({ all: [registerOf(id), drawerOf(id)] }),
  restorable: true,
};
