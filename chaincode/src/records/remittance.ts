/** The payer's bank keeps the mark that a payment is on its way in its own book. It restores it from its own backup. */
import type { RecordKind } from '../ledger/recordKind.js';

export const remittance: RecordKind<'remittance'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: true,
};
