/** The payee's word, in its own book. A payee that took its word back could stall what was paid. */
import type { RecordKind } from '../ledger/recordKind.js';
import { registerOf } from '../protocol/identifiers.js';

export const acknowledgement: RecordKind<'acknowledgement'> = {
  registers: ({ id }) => [registerOf(id)],
  copies: ({ bankMsp }) => [bankMsp],
  policy: ({ id, bankMsp }) => ({ all: [bankMsp, registerOf(id)] }),
  restorable: true,
};
