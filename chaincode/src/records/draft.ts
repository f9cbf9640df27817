/** A draft is in the issuer's own book alone. Its maker writes it, and no other organisation reads it. */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf } from '../protocol/identifiers.js';

export const draft: RecordKind<'draft'> = {
  registers: ({ id }) => [drawerOf(id)],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
};
