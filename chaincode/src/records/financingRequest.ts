/** The holder keeps what it has asked for in its own book. Nothing is locked by it, so nobody else has to agree to a change. */
import type { RecordKind } from '../ledger/recordKind.js';

export const financingRequest: RecordKind<'financingRequest'> = {
  registers: ({ holderMsp }) => [holderMsp],
  copies: ({ funderMsp }) => [funderMsp],
  policy: () => undefined,
  restorable: true,
};
