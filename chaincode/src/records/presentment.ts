/** The holder keeps its presentment in its own book. The bank pays because of it, so the holder alone cannot take it back. */
import type { RecordKind } from '../ledger/recordKind.js';

export const presentment: RecordKind<'presentment'> = {
  registers: ({ holderMsp }) => [holderMsp],
  copies: ({ bankMsp, payeeBankMsp }) => [bankMsp, payeeBankMsp],
  policy: ({ bankMsp, holderMsp }) => ({ all: [bankMsp, holderMsp] }),
  restorable: true,
};
