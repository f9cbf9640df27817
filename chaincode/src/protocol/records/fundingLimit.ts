import { z } from 'zod';
import { zCurrency, zHash, zMsp, zParty, zTotal } from '../schemas.js';
import { salt, schema } from './building.js';

/** For whom a limit is: a seller whose slices the funder takes over, or an issuer whose promises they are. */
export const FUNDED = ['SELLER', 'ISSUER'] as const;

/** How much a funder finances in all for a seller or an issuer in one currency. It stands in the funder's own book, and nobody else sees it. */
export const zFundingLimit = z.strictObject({
  schema: schema('tenor.fundingLimit/1'),
  /** HMAC of funder, party and currency under the secret of the book, so that nobody can guess whether there is one. */
  id: zHash,
  funder: zParty,
  funderMsp: zMsp,
  kind: z.enum(FUNDED),
  party: zParty,
  currency: zCurrency,
  limit: zTotal,
  /** What was approved and is not released. It may be above a limit that was lowered since. */
  utilised: zTotal,
  ...salt,
});
