/** The issuer's own book keeps the mark that a slice was counted, so the bank alone cannot count a slice twice. */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';

export const redeemed: RecordKind<'redeemed'> = {
  registers: ({ certificateId }) => [drawerOf(certificateId)],
  copies: ({ certificateId }) => [registerOf(certificateId)],
  policy: ({ certificateId }) => ({ all: [registerOf(certificateId), drawerOf(certificateId)] }),
  restorable: true,
};
