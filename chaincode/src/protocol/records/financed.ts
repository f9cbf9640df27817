import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zCurrency, zDate, zHash, zId, zIds, zList, zMsp, zParty, zTotal } from '../schemas.js';
import { salt, schema } from './building.js';

/** What a funder has counted against its limits for one accepted quote, in its own book, until all of it is released. */
export const zFinanced = z.strictObject({
  schema: schema('tenor.financed/1'),
  /** Id of the quote: it is counted once, in however many batches it is tried. */
  id: zId,
  funder: zParty,
  funderMsp: zMsp,
  currency: zCurrency,
  /** The limits on which it was counted: of the seller, of the issuer. None where the funder only looked, before it settles by one call. */
  limitIds: z.array(zHash).max(2),
  /** The batch that was approved last, by its legs, and the first of their last days as far as the funder sees them. */
  legIds: zIds(LIMITS.batchLegs),
  expiresOn: zDate,
  /** What is still counted: the price of each slice. */
  slices: zList(z.strictObject({ sliceId: zId, net: zTotal }), LIMITS.bulkItems),
  ...salt,
});
