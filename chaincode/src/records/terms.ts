/** Bank and issuer both keep the terms. Neither can change, delete or replace them alone. */
import type { RecordKind } from '../ledger/recordKind.js';

export const terms: RecordKind<'terms'> = {
  registers: ({ bankMsp, issuerMsp }) => [bankMsp, issuerMsp],
  copies: () => [],
  policy: ({ bankMsp, issuerMsp }) => ({ all: [bankMsp, issuerMsp] }),
  restorable: true,
};
