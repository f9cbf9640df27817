/** A confirmation binds, so both keep it. A rejection is the bank's word alone, until line and documents were given back for it: then it stands against confirming the certificate after all. */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';

export const confirmation: RecordKind<'confirmation'> = {
  registers: ({ id, outcome }) => (outcome === 'CONFIRMED' ? [registerOf(id), drawerOf(id)] : [registerOf(id)]),
  copies: () => [],
  policy: ({ id, outcome }) => (outcome === 'REJECTED' ? undefined : { all: [registerOf(id), drawerOf(id)] }),
  restorable: true,
};
