/** Bank and issuer both keep the face. Neither can change, delete or replace it alone. */
import type { RecordKind } from '../ledger/recordKind.js';

export const face: RecordKind<'face'> = {
  registers: ({ bankMsp, issuerMsp }) => [bankMsp, issuerMsp],
  copies: () => [],
  policy: ({ bankMsp, issuerMsp }) => ({ all: [bankMsp, issuerMsp] }),
  restorable: true,
};
