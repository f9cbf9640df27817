/** The holder keeps its mandates in its own book, and can take one back by itself. The bank reads them. */
import type { RecordKind } from '../ledger/recordKind.js';

export const mandate: RecordKind<'mandate'> = {
  registers: ({ holderMsp }) => [holderMsp],
  copies: ({ bankMsp }) => [bankMsp],
  policy: () => undefined,
  restorable: true,
};
