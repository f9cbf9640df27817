/** The holder's act, in the holder's own book. The bank pays on it, so the holder alone must not take it back. */
import type { RecordKind } from '../ledger/recordKind.js';

export const presentment: RecordKind<'presentment'> = {
  registers: ({ holderMsp }) => [holderMsp],
  copies: ({ bankMsp, payeeBankMsp }) => [bankMsp, payeeBankMsp],
  policy: ({ bankMsp, holderMsp }) => ({ all: [bankMsp, holderMsp] }),
  restorable: true,
};
