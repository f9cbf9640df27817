/** The payee's bank keeps the secret of its own book. Nobody else has it: it restores the secret from its own backup. */
import type { RecordKind } from '../ledger/recordKind.js';

export const creditSecret: RecordKind<'creditSecret'> = {
  registers: ({ payeeBankMsp }) => [payeeBankMsp],
  copies: () => [],
  policy: () => undefined,
  restorable: true,
};
