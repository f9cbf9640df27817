/**
 * The register of a leg marks with it that the leg is allocated. It is deleted when the leg is released. Register and sender wrote it together; in the sender's
 * place the receiver may sign, so that a silent sender cannot keep what is to be released.
 */
import type { RecordKind } from '../ledger/recordKind.js';
import { registerOf } from '../protocol/identifiers.js';

export const cover: RecordKind<'cover'> = {
  registers: ({ id }) => [registerOf(id)],
  copies: () => [],
  policy: () => undefined,
  restorable: false,
  unsalted: true,
};
