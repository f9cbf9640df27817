import { z } from 'zod';
import { zAmount, zCurrency, zHash, zId } from '../../schemas.js';
import { command } from '../definition.js';

/** A credit note lowers what a claimed document can back, down to what certificates use of it. */
export const credit = command({
  summary: 'lowers what a claimed document can back, by a credit note',
  by: { party: 'issuer, or the bank', duties: ['maker', 'checker'] },
  event: 'tenor.document.credit.v1',
  request: z.strictObject({
    claimId: zHash,
    /** The reservation that the claim names. */
    reservationId: zId,
    /** `register` does not write the issuer's copy, so that a silent issuer cannot stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  private: z.strictObject({
    currency: zCurrency,
    /** Amount of the credit note in minor units. */
    amount: zAmount,
    /** SHA-256 of the credit note's file. */
    documentHash: zHash,
  }),
  refuses: ['DOCUMENT_RECLAIMED', 'DOCUMENT_KNOWN', 'CURRENCY_MISMATCH', 'DOCUMENT_CAPACITY'],
});
