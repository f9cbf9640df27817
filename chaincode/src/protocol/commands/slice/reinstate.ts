import { z } from 'zod';
import { zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * A payment that had discharged a presentment was sent back, or a part of it, as its `return` says. What came back is owed again. The first slices
 * of the presentment that are still paid become RETURNED, up to the amount that came back. Each is succeeded by a free slice of its holder and,
 * where only a part of it came back, by one that stays paid. Each return counts once. The ids of the successors follow from slice and payment, and
 * `children` names them: first what is owed again, then what stays paid.
 */
export const reinstate = command({
  summary: 'makes owed again what was paid by a payment that was sent back',
  by: { party: 'bank', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.slice.reinstate.v1',
  request: z.strictObject({
    presentmentId: zId,
    /** The payment that was sent back. Left out where it has no UETR. */
    uetr: zUetr.optional(),
    ticketId: zId,
    /** `register` does not write the holder's copies, so that a silent holder cannot stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['ID_TAKEN', 'STATE', 'RETURN_USED', 'PAYMENT_MISMATCH'],
});
