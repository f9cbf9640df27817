/** The issuer's own: its maker wrote it down, nobody else reads it. */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf } from '../protocol/identifiers.js';

export const draft: RecordKind<'draft'> = {
  registers: ({ id }) => [drawerOf(id)],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
};
