/** The bank keeps the claim that is not confirmed yet. Issuer and seller read it; it can be left out for the seller. */
import type { RecordKind } from '../ledger/recordKind.js';

export const reservation: RecordKind<'reservation'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: ({ issuerMsp, sellerMsp }) => [issuerMsp, sellerMsp],
  policy: () => undefined,
  restorable: true,
};
