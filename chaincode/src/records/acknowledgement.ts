/** The payee's acknowledgement, in its own book. The payee alone cannot take it back, because it could then stall a paid slice. */
import type { RecordKind } from '../ledger/recordKind.js';
import { registerOf } from '../protocol/identifiers.js';

export const acknowledgement: RecordKind<'acknowledgement'> = {
  registers: ({ id }) => [registerOf(id)],
  copies: ({ bankMsp }) => [bankMsp],
  policy: ({ id, bankMsp }) => ({ all: [bankMsp, registerOf(id)] }),
  restorable: true,
};
