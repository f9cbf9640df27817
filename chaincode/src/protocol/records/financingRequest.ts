import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zDate, zId, zIds, zInterestPayer, zMsp, zParty } from '../schemas.js';
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
  /** Each named once: a holder could write another list into its own book, and a slice that is named twice would be paid twice. */
  sliceIds: zIds(LIMITS.bulkItems),
  /** Who is to pay the interest. Nobody has asked the issuer. */
  interestPayer: zInterestPayer,
  /** Last business date on which it can be answered. */
  expiresOn: zDate,
  /** Business date of the request. */
  requestedOn: zDate,
  ...salt,
});
