/** A record that a transaction opens twice: what was stated of it once is not stated again, and nothing else is taken for it. */
import { expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { bookOf, ownKey } from '../../../chaincode/src/ledger/keys.js';
import { LedgerTransaction, type Stub } from '../../../chaincode/src/ledger/transaction.js';
import { RECORDS } from '../../../chaincode/src/records/index.js';
import { MSP, SLICE } from '../../commands/support/facts.js';

/** A ledger on which the bank and another bank have the very same bytes. */
function opening(): LedgerTransaction {
  const hash = createHash('sha256').update(SLICE.bytes).digest();
  const books = [MSP.bank, MSP.otherBank].map(bookOf);
  const stub = {
    getCreator: () => ({ mspid: MSP.supplier, idBytes: new Uint8Array() }),
    getState: () => Promise.resolve(new Uint8Array()),
    getPrivateDataHash: (book: string, key: string) =>
      Promise.resolve(books.includes(book) && key === ownKey('slice', SLICE.id) ? hash : new Uint8Array()),
  };
  const openings = new Map([[`slice/${SLICE.id}`, SLICE.bytes]]);
  return new LedgerTransaction(stub as unknown as Stub, { from: 'transient', openings }, RECORDS);
}

it('is the same record where it is asked for again', async () => {
  const tx = opening();
  const first = await tx.open('slice', SLICE.id);
  expect(await tx.open('slice', SLICE.id)).toBe(first);
  expect(await tx.failure()).toBeUndefined();
});

it('is not taken where it is asked for in the book of another organisation, although it was opened before', async () => {
  const tx = opening();
  await tx.open('slice', SLICE.id);
  await tx.open('slice', SLICE.id, MSP.otherBank);
  expect(await tx.failure()).toMatchObject({ code: 'OPENING_MISMATCH', data: { kind: 'slice', id: SLICE.id } });
});
