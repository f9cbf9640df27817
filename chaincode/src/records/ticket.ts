/** A ticket is in an organisation's own book. Its maker writes it for its checker. */
import type { RecordKind } from '../ledger/recordKind.js';
import { registerOf } from '../protocol/identifiers.js';

export const ticket: RecordKind<'ticket'> = {
  registers: ({ id }) => [registerOf(id)],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
};
