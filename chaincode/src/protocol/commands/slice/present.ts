import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zIds, zParty, zText } from '../../schemas.js';
import { command } from '../definition.js';

/** Presents up to 50 due slices of one holder, issuer, bank and currency. One payment into one account is to pay them all. */
export const present = command({
  summary: 'presents up to 50 due slices for one payment',
  by: { party: 'holder', duties: ['maker', 'checker'] },
  event: 'tenor.slice.present.v1',
  request: z.strictObject({ presentmentId: zId, sliceIds: zIds(LIMITS.bulkItems) }),
  private: z.strictObject({ account: zText, payeeBank: zParty }),
  refuses: ['ID_FOREIGN', 'ID_TAKEN', 'PARTY_ROLE', 'AMOUNT_OUT_OF_RANGE', 'BATCH_MIXED', 'STATE', 'DUE_NOT_REACHED'],
});
