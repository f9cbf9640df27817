import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Hands an allocated slice to its receiver, once the batch is committed. Holder, receiver or bank may call it. The receiver must have approved the batch; and where
 * the holder has to sign, it must have approved it too, and have acknowledged money that its bank does not prove alone.
 */
export const complete = command({
  summary: 'hands an allocated slice to its receiver, once the batch is committed',
  by: { anyone: 'operator' },
  event: 'tenor.slice.complete.v1',
  request: z.strictObject({
    sliceId: zId,
    legId: zId,
    /** `register` does not write the former holder's copy, so that a silent holder cannot stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['OUTCOME_MISSING', 'NOT_APPROVED', 'NOT_PROVEN', 'LEG_FOREIGN', 'CALLER_NOT_ALLOWED', 'STATE'],
});
