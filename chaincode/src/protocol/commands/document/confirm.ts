import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The seller, or the bank that has looked at the document, says that it is right. From then on it is claimed: no registered bank takes
 * it a second time, neither under its number nor as the same file.
 */
export const confirm = command({
  summary: 'confirms the claim of a document, which can then back certificates',
  by: { party: 'bank, or the seller', duties: ['checker'], commits: true },
  event: 'tenor.document.confirm.v1',
  request: z.strictObject({
    reservationId: zId,
    /** `register` does not write the issuer's copy, so that a silent issuer cannot stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['DOCUMENT_CLAIMED', 'DOCUMENT_KNOWN', 'STATE', 'PARTY_ROLE', 'SAME_ORGANIZATION', 'RESERVATION_LAPSED'],
});
