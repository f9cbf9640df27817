/** That a payment came in, the payee's bank notes in its own book. */
import type { RecordKind } from '../ledger/recordKind.js';

export const receipt: RecordKind<'receipt'> = {
  registers: ({ payeeBankMsp }) => [payeeBankMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
};
