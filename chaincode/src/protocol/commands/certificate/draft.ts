import { z } from 'zod';
import { zDraftContent } from '../../records/index.js';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Drafts a certificate in the issuer's own book, for the issuer's checker to submit. */
export const draft = command({
  summary: 'drafts a certificate',
  by: { party: 'issuer', duties: ['maker'], commits: true },
  event: 'tenor.certificate.draft.v1',
  request: z.strictObject({ certificateId: zId }),
  private: zDraftContent,
  refuses: ['ID_FOREIGN', 'ID_TAKEN', 'PARTY_ROLE'],
});
