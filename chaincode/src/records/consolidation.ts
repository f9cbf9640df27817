/** The confirming bank keeps what became of slices beside them, under the same guard, and the holder reads it. */
import type { RecordKind } from '../ledger/recordKind.js';
import { registerOf } from '../protocol/identifiers.js';

export const consolidation: RecordKind<'consolidation'> = {
  registers: ({ certificateId }) => [registerOf(certificateId)],
  copies: ({ holderMsp }) => [holderMsp],
  policy: ({ certificateId, holderMsp }) => ({ all: [registerOf(certificateId), holderMsp] }),
  restorable: true,
};
