/** What an invoice says out of the ordinary goes to whoever confirms its claim. */
import { expect, it } from '@jest/globals';
import { remarksOf, type Invoice } from '../../../client/src/documents/index.js';
import { commands } from '../../../chaincode/src/protocol/commands/index.js';
import { RESERVATION } from '../../commands/support/facts.js';

const party = { id: 'X', name: 'Somebody' };
const INVOICE: Invoice = {
  ...{ type: 'INVOICE', number: 'INV-1', issueDate: '2026-11-20', currency: 'USD', payableAmount: '10.00' },
  ...{ seller: party, buyer: party, isCopy: false, replaces: [], sha256: 'ab'.repeat(32) },
};

it('is nothing where the invoice is an ordinary one', () => {
  expect(remarksOf(INVOICE)).toBeUndefined();
  expect(remarksOf({ ...INVOICE, prepaidAmount: '0.00' })).toBeUndefined();
});

it('names payee, copy, what is replaced, and what was paid before in minor units', () => {
  const said = { payee: { id: 'F', name: 'A Factor Ltd' }, isCopy: true, replaces: ['INV-0'], prepaidAmount: '2.50' };
  expect(remarksOf({ ...INVOICE, ...said })).toEqual({
    ...{ payee: 'A Factor Ltd', isCopy: true, replaces: ['INV-0'], prepaidAmount: '250' },
  });
});

it('is taken by the ledger, however long the name of a payee is', () => {
  const remarks = remarksOf({ ...INVOICE, payee: { id: 'F', name: '京'.repeat(600) } });
  expect(remarks?.payee).toHaveLength(500);
  const { type, number, issuedOn, seller, issuer, bank, currency, capacity, documentHash } = RESERVATION.record;
  const secret = { type, number, issuedOn, seller, issuer, bank, currency, capacity, documentHash, remarks };
  expect(commands.document.claim.private.safeParse(secret).success).toBe(true);
});
