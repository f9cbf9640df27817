/** What a bank says of the money of a leg, in its own book; what the payee says of it stands in the payee's. */
import type { RecordKind } from '../ledger/recordKind.js';
import { registerOf } from '../protocol/identifiers.js';

export const proof: RecordKind<'proof'> = {
  registers: ({ id, what }, callerMsp) => [what === 'ACKNOWLEDGED' ? callerMsp : registerOf(id)],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
  unsalted: true,
};
