/** That a slice was counted, the issuer's own book remembers: the bank alone cannot count one twice. */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';

export const redeemed: RecordKind<'redeemed'> = {
  registers: ({ certificateId }) => [drawerOf(certificateId)],
  copies: ({ certificateId }) => [registerOf(certificateId)],
  policy: ({ certificateId }) => ({ all: [registerOf(certificateId), drawerOf(certificateId)] }),
  restorable: true,
};
