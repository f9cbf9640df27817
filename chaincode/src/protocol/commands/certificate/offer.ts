import { z } from 'zod';
import { zDate, zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Offers a confirmed certificate to its payee. The bank shows the payee terms, face and confirmation, and never the line. */
export const offer = command({
  summary: 'shows the certificate to its payee',
  by: { party: 'bank', duties: ['maker', 'checker'], commits: true },
  event: 'tenor.certificate.offer.v1',
  request: z.strictObject({ certificateId: zId }),
  private: z.strictObject({ expiresOn: zDate }),
  refuses: ['STATE', 'OFFER_EXPIRY', 'QUOTA_REACHED'],
});
