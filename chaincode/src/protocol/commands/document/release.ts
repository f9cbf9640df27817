import { z } from 'zod';
import { zHash, zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Gives up the claim of a document that no certificate uses. The document can then be claimed anew: corrected, or through another bank. Where credit notes were counted, the bank alone can. */
export const release = command({
  summary: 'gives up the claim of a document that no certificate uses',
  by: { party: 'issuer, or the bank', duties: ['maker', 'checker'] },
  event: 'tenor.document.release.v1',
  request: z.strictObject({
    claimId: zHash,
    /** The reservation that the claim names. */
    reservationId: zId,
  }),
  refuses: ['DOCUMENT_RECLAIMED', 'DOCUMENT_USED', 'DOCUMENT_CREDITED'],
});
