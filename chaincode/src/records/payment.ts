/** The payer's bank keeps its reports of a payment in its own book. */
import type { RecordKind } from '../ledger/recordKind.js';

export const payment: RecordKind<'payment'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
};
