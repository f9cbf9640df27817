import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCurrency, zId, zMsp, zParty, zText } from '../schemas.js';
import { salt, schema } from './building.js';

/** Due slices of one holder, presented to be paid by one payment. */
export const zPresentment = z.strictObject({
  schema: schema('tenor.presentment/1'),
  id: zId,
  holder: zParty,
  holderMsp: zMsp,
  bank: zParty,
  bankMsp: zMsp,
  payeeBank: zParty,
  payeeBankMsp: zMsp,
  /** The creditor's account as its bank writes it in camt.054 (IBAN or other id). */
  account: zText,
  currency: zCurrency,
  amount: zAmount,
  sliceIds: z.array(zId).min(1).max(LIMITS.bulkItems),
  /** WITHDRAWN is final. A withdrawn presentment cannot be paid any more. */
  state: z.enum(['OPEN', 'WITHDRAWN']),
  ...salt,
});
