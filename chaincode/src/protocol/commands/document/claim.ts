import { z } from 'zod';
import { zDocument } from '../../records/index.js';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Claims a trade document for certificates of one issuer through one bank. Until the seller or the bank's checker has confirmed it, the
 * claim backs nothing, keeps nobody else from claiming the document, and lapses after 30 days.
 */
export const claim = command({
  summary: 'claims a trade document through one bank, for the seller or the bank to confirm',
  by: { party: 'issuer', duties: ['maker', 'checker'], commits: true },
  event: 'tenor.document.claim.v1',
  request: z.strictObject({
    reservationId: zId,
    /** `register` does not write the seller's copy, so that a silent seller cannot stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  private: zDocument,
  refuses: [
    'ID_FOREIGN',
    'ID_TAKEN',
    'DOCUMENT_CLAIMED',
    'DOCUMENT_KNOWN',
    'PARTY_ROLE',
    'SAME_ORGANIZATION',
    'DOCUMENT_DATE',
    'QUOTA_REACHED',
  ],
});
