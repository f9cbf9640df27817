/** The payer's bank keeps the mark that a payment came in. If the payee's bank kept it, that bank alone could write a mark that nobody can remove. */
import type { RecordKind } from '../ledger/recordKind.js';

export const receipt: RecordKind<'receipt'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: ({ payeeBankMsp }) => [payeeBankMsp],
  policy: ({ bankMsp, payeeBankMsp }) => ({ all: [bankMsp, payeeBankMsp] }),
  restorable: true,
};
