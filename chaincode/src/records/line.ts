/** The bank keeps its lines; the issuer reads them. */
import type { RecordKind } from '../ledger/recordKind.js';

export const line: RecordKind<'line'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: ({ issuerMsp }) => [issuerMsp],
  policy: () => undefined,
  restorable: true,
};
