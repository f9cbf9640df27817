/** The bank marks each file that it took. Nobody else reads the marks; all see by the hash of a key that one is there. */
import type { RecordKind } from '../ledger/recordKind.js';

export const paper: RecordKind<'paper'> = {
  registers: ({ bankMsp }) => [bankMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: true,
};
