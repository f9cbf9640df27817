/** That a payment came in, the payer's bank keeps: the payee's bank alone could write a mark that nobody can take away. */
import type { RecordKind } from '../ledger/recordKind.js';

export const receipt: RecordKind<'receipt'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: ({ payeeBankMsp }) => [payeeBankMsp],
  policy: ({ bankMsp, payeeBankMsp }) => ({ all: [bankMsp, payeeBankMsp] }),
  restorable: true,
};
