/** The attestation of the payee's bank, in its own book. The payer's bank relies on it, so the payee's bank alone cannot take it back. */
import type { RecordKind } from '../ledger/recordKind.js';

export const attestation: RecordKind<'attestation'> = {
  registers: ({ payeeBankMsp }) => [payeeBankMsp],
  copies: ({ bankMsp }) => [bankMsp],
  policy: ({ bankMsp, payeeBankMsp }) => ({ all: [bankMsp, payeeBankMsp] }),
  restorable: true,
};
