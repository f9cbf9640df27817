import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Rejects a submitted certificate. This goes against the issuer, so only the bank's book is written. */
export const reject = command({
  summary: 'rejects a certificate; nothing was drawn',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.certificate.reject.v1',
  request: z.strictObject({ certificateId: zId }),
  refuses: ['CONFIRMATION_EXISTS'],
});
