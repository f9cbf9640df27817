/**
 * The return of a payment, in the book of the payee's bank. No other bank signs for the key: it speaks against the payer's bank, which would not,
 * and takes nothing from a payee that says that it has the money.
 */
import type { RecordKind } from '../ledger/recordKind.js';

export const returned: RecordKind<'return'> = {
  registers: ({ payeeBankMsp }) => [payeeBankMsp],
  copies: ({ bankMsp, holderMsp }) => [bankMsp, holderMsp],
  policy: () => undefined,
  restorable: true,
};
