import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** The bank does not take a claim. It can then never be confirmed. */
export const reject = command({
  summary: 'rejects a claim that is not confirmed',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.document.reject.v1',
  request: z.strictObject({ reservationId: zId }),
  refuses: ['STATE'],
});
