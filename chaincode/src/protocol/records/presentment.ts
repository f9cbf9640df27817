import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAccount, zAmount, zCurrency, zDate, zEndToEndId, zId, zMsp, zParty } from '../schemas.js';
import { salt, schema, zStandIn } from './building.js';

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
  /** The creditor's account, as camt.054 names it. */
  account: zAccount,
  /** The reference that a payment without a UETR is to carry. Absent: only a payment with a UETR can pay this. */
  endToEndId: zEndToEndId.optional(),
  currency: zCurrency,
  amount: zAmount,
  /** The mandate of the holder under which its bank presented. Absent: the holder presented itself. */
  mandateId: zId.optional(),
  /** Business date of the presentment. */
  presentedOn: zDate,
  /** Who may speak for the holder if it stays silent. Only where its bank belongs to the organisation of the payer's bank. */
  standIn: zStandIn.optional(),
  sliceIds: z.array(zId).min(1).max(LIMITS.bulkItems),
  /** WITHDRAWN is final. A withdrawn presentment cannot be paid any more. */
  state: z.enum(['OPEN', 'WITHDRAWN']),
  ...salt,
});
