/** The mark of an attested entry, in the book of the payee's bank. The payer's bank relies on it as on the attestation, so both endorse a change. */
import type { RecordKind } from '../ledger/recordKind.js';

export const credit: RecordKind<'credit'> = {
  registers: ({ payeeBankMsp }) => [payeeBankMsp],
  copies: () => [],
  policy: ({ bankMsp, payeeBankMsp }) => ({ all: [bankMsp, payeeBankMsp] }),
  restorable: true,
};
