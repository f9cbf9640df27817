/** Who an invoice names: a party of the deal by either of its ids, since a Chinese invoice has the USCI and others have the LEI. */
import type { InvoiceParty } from '@tenor/client';
import type { DealParty } from './dealSchema.js';

/** Whether an invoice names a party. No id of the invoice may be another's. */
export function isParty({ lei, usci }: InvoiceParty, party: DealParty): boolean {
  const ids = [
    [lei, party.lei],
    [usci, party.usci],
  ] as const;
  const told = ids.filter(([onInvoice]) => onInvoice !== undefined);
  return told.length > 0 && told.every(([onInvoice, own]) => onInvoice === own);
}
