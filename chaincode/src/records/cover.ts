/**
 * The register of a leg marks with it that the leg is allocated. It is deleted when the leg is released. It has no key policy, so that it can be deleted: the register
 * alone can write another one. What that says counts only if all who gave and took have approved the same.
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
