/**
 * A confirmation binds bank and issuer, so both keep it. A rejection is kept by the bank alone. Once line and documents were restored
 * after a rejection, the bank alone cannot change it any more, so that it cannot confirm the certificate after all.
 */
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';

export const confirmation: RecordKind<'confirmation'> = {
  registers: ({ id, outcome }) => (outcome === 'CONFIRMED' ? [registerOf(id), drawerOf(id)] : [registerOf(id)]),
  copies: () => [],
  policy: ({ id, outcome }) => (outcome === 'REJECTED' ? undefined : { all: [registerOf(id), drawerOf(id)] }),
  restorable: true,
};
