import { z } from 'zod';
import { paidFields, zAmount, zCurrency, zDate, zHash, zMsp, zPaymentId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The statement of the payee's bank that the creditor's account was credited, from a camt.054. */
export const zAttestation = z.strictObject({
  schema: schema('tenor.attestation/1'),
  id: zPaymentId,
  ...paidFields,
  bankMsp: zMsp,
  payeeBankMsp: zMsp,
  currency: zCurrency,
  amount: zAmount,
  /** Date from which the money counts on the creditor's account: not before the presentment. */
  valueDate: zDate,
  /** Business date of this statement. */
  attestedOn: zDate,
  /** Key of the entry that was credited: the `credit` in the book of the payee's bank. */
  creditId: zHash,
  /** SHA-256 of the camt.054. */
  messageHash: zHash,
  ...salt,
});
