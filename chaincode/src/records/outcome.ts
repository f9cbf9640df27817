/** All registers of a batch keep its outcome, under a policy that asks for all of them. So no register can write another outcome than the others. */
import { memberMspsOf, registersOf } from '../domain/batches.js';
import type { RecordKind } from '../ledger/recordKind.js';

export const outcome: RecordKind<'outcome'> = {
  registers: ({ sheet }) => registersOf(sheet.map(({ id }) => id)),
  copies: ({ sheet }) => memberMspsOf(sheet),
  policy: ({ sheet }) => ({ all: registersOf(sheet.map(({ id }) => id)) }),
  restorable: true,
};
