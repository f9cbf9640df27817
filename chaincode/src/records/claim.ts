/** The confirming bank keeps the claims on documents; the issuer reads them. */
import type { RecordKind } from '../ledger/recordKind.js';

export const claim: RecordKind<'claim'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: ({ issuerMsp }) => [issuerMsp],
  policy: () => undefined,
  restorable: true,
};
