/** The register of what moves keeps the leg. Register and sender wrote it together, so neither can change it alone. */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';

export const leg: RecordKind<'leg'> = {
  registers: ({ id }) => [registerOf(id)],
  copies: ({ senderMsp, receiverMsp, cash }) =>
    cash === undefined ? [senderMsp, receiverMsp] : [senderMsp, receiverMsp, cash.payerBankMsp, cash.payeeBankMsp],
  policy: ({ id }) => ({ all: [registerOf(id), drawerOf(id)] }),
  restorable: true,
};
