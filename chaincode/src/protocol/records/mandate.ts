import { z } from 'zod';
import { zAccount, zDate, zId, zMsp, zParty } from '../schemas.js';
import { salt, schema } from './building.js';

/**
 * A holder's standing consent: the bank that pays may present the holder's due slices by itself, to be paid into this account and no other.
 * It means that the bank may. What was revoked is deleted.
 */
export const zMandate = z.strictObject({
  schema: schema('tenor.mandate/1'),
  id: zId,
  holder: zParty,
  holderMsp: zMsp,
  /** The confirming bank that may present. */
  bank: zParty,
  bankMsp: zMsp,
  payeeBank: zParty,
  payeeBankMsp: zMsp,
  account: zAccount,
  /** The only certificate whose slices may be presented. Absent: those of all certificates of this bank. */
  certificateId: zId.optional(),
  /** Last business date on which the bank may present. */
  until: zDate,
  ...salt,
});
