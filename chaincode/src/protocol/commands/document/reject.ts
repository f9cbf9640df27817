import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** The bank takes a claim that is not confirmed out of its book, lapsed or not. */
export const reject = command({
  summary: 'rejects a claim that is not confirmed',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.document.reject.v1',
  request: z.strictObject({ reservationId: zId }),
  refuses: [],
});
