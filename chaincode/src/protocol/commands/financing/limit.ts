import { z } from 'zod';
import { FUNDED } from '../../records/index.js';
import { zCurrency, zId, zParty, zTotal } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Sets how much the funder finances in all for a seller, or for an issuer, in one currency, or changes it. The record stands in the funder's own book, and nobody
 * else sees it. From then on the funder's approval of a batch that carries out an accepted quote counts the price against it, and is refused above
 * it; `0` finances nothing more. What was approved before stays as it is, also where a limit is lowered below it.
 */
export const limit = command({
  summary: 'sets how much the funder finances in all for a seller or an issuer',
  by: { party: 'funder', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.financing.limit.v1',
  request: z.strictObject({ ticketId: zId }),
  private: z.strictObject({
    /** The bank whose limit it is. */
    funder: zParty,
    /** `SELLER`: slices that this party sells to the funder. `ISSUER`: slices of certificates that this party issued, whoever sells them. */
    kind: z.enum(FUNDED),
    /** The seller or the issuer. */
    party: zParty,
    currency: zCurrency,
    /** What may be financed at the same time, in minor units of `currency`, or `0`. */
    limit: zTotal,
  }),
  refuses: [],
});
