/** That a payment is on its way, the payer's bank notes in its own book. */
import type { RecordKind } from '../ledger/recordKind.js';

export const remittance: RecordKind<'remittance'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
};
