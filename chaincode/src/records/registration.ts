/** The funder's word on its registration of a financing, in its own book. */
import type { RecordKind } from '../ledger/recordKind.js';

export const registration: RecordKind<'registration'> = {
  registers: ({ funderMsp }) => [funderMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: true,
};
