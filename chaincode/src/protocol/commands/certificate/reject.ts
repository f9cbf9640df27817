import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Rejects a submitted certificate. It goes against the issuer, so the bank's book alone is written. */
export const reject = command({
  summary: 'rejects; nothing was drawn',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.certificate.reject.v1',
  request: z.strictObject({ certificateId: zId }),
  refuses: ['CONFIRMATION_EXISTS'],
});
