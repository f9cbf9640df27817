/** What a bank says of the money of a leg, in its own book; what the payee or its stand-in says of it stands in theirs. One word stands in a book, so nobody says two things. */
import type { RecordKind } from '../ledger/recordKind.js';
import { registerOf } from '../protocol/identifiers.js';
import type { BookRecord } from '../protocol/records/index.js';

/** What the payee may say itself, or its stand-in. */
const ofPayee: readonly BookRecord<'proof'>['what'][] = ['ACKNOWLEDGED', 'NOT_RECEIVED'];

export const proof: RecordKind<'proof'> = {
  registers: ({ id, what }, callerMsp) => [ofPayee.includes(what) ? callerMsp : registerOf(id)],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
  unsalted: true,
};
