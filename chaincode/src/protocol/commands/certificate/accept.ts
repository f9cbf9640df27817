import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zList } from '../../schemas.js';
import { command } from '../definition.js';

/** Accepts up to 50 offers of one bank to one payee: each certificate becomes a root slice of its whole face. */
export const accept = command({
  summary: 'accepts up to 50 offers; each certificate becomes a root slice',
  by: { party: 'payee', duties: ['maker', 'checker'], commits: true },
  event: 'tenor.certificate.accept.v1',
  request: z.strictObject({
    items: zList(z.strictObject({ certificateId: zId, sliceId: zId }), LIMITS.bulkItems).refine(
      (items) => new Set(items.flatMap((item) => Object.values(item))).size === items.length * 2,
      { error: 'DUPLICATE_ITEM' },
    ),
  }),
  refuses: ['ID_FOREIGN', 'ID_TAKEN', 'BATCH_MIXED', 'PARTY_ROLE', 'STATE', 'OFFER_LAPSED'],
});
