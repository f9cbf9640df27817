import { z } from 'zod';
import { zAccount, zDate, zEndToEndId, zHash, zId, zMsp, zParty } from '../schemas.js';
import { salt, schema } from './building.js';

/** A holder accepts one quote for its request, and says where the money is to go. The batch that carries it out is measured by both. */
export const zAcceptance = z.strictObject({
  schema: schema('tenor.acceptance/1'),
  /** Id of the request: it is accepted once. */
  id: zId,
  quoteId: zId,
  /** SHA-256 of the quote as it was accepted. */
  quoteHash: zHash,
  holder: zParty,
  holderMsp: zMsp,
  funder: zParty,
  funderMsp: zMsp,
  payeeBank: zParty,
  payeeBankMsp: zMsp,
  /** The holder's account. */
  account: zAccount,
  endToEndId: zEndToEndId.optional(),
  /** The funder may settle it by one call, against money that it has blocked in its own books. No other batch carries it out then. */
  atOnce: z.literal(true).optional(),
  /** Business date of the acceptance. */
  acceptedOn: zDate,
  ...salt,
});
