/** An acknowledgement, in the book of whoever gives it: the payee or its stand-in. Neither can take it back alone, because that would stall a paid slice. */
import type { RecordKind } from '../ledger/recordKind.js';

export const acknowledgement: RecordKind<'acknowledgement'> = {
  registers: ({ byMsp }) => [byMsp],
  copies: ({ bankMsp }) => [bankMsp],
  policy: ({ byMsp, bankMsp }) => ({ all: [bankMsp, byMsp] }),
  restorable: true,
};
