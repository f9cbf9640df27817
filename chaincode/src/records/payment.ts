/** The payer's bank keeps its reports of a payment in its own book. Nobody else has them: it restores them from its own backup. */
import type { RecordKind } from '../ledger/recordKind.js';

export const payment: RecordKind<'payment'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: true,
};
