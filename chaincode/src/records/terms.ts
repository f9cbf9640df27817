/** Both who vouch keep the terms, and neither can change, drop or replace them alone. */
import type { RecordKind } from '../ledger/recordKind.js';

export const terms: RecordKind<'terms'> = {
  registers: ({ bankMsp, issuerMsp }) => [bankMsp, issuerMsp],
  copies: () => [],
  policy: ({ bankMsp, issuerMsp }) => ({ all: [bankMsp, issuerMsp] }),
  restorable: true,
};
