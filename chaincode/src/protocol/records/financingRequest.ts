import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zDate, zId, zInterestPayer, zMsp, zParty } from '../schemas.js';
import { salt, schema } from './building.js';

/** A holder asks one bank to finance slices. It is the holder's word alone: what the slices come to is read in the slices. */
export const zFinancingRequest = z.strictObject({
  schema: schema('tenor.financingRequest/1'),
  id: zId,
  holder: zParty,
  holderMsp: zMsp,
  /** The bank that is asked. */
  funder: zParty,
  funderMsp: zMsp,
  sliceIds: z.array(zId).min(1).max(LIMITS.bulkItems),
  /** Who is to pay the interest. Nobody has asked the issuer. */
  interestPayer: zInterestPayer,
  /** Last business date on which it can be answered. */
  expiresOn: zDate,
  /** Business date of the request. */
  requestedOn: zDate,
  ...salt,
});
