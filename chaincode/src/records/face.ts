/** Both who vouch keep the face, and neither can change, drop or replace it alone. */
import type { RecordKind } from '../ledger/recordKind.js';

export const face: RecordKind<'face'> = {
  registers: ({ bankMsp, issuerMsp }) => [bankMsp, issuerMsp],
  copies: () => [],
  policy: ({ bankMsp, issuerMsp }) => ({ all: [bankMsp, issuerMsp] }),
  restorable: true,
};
