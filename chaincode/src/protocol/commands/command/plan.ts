import { z } from 'zod';
import { query } from '../definition.js';

/** Answers the transient fields that a submit of a command needs, and the organisations that have to endorse it. */
export const plan = query({
  summary: 'answers the same as `command:open`, and the organisations that have to endorse',
  request: z.strictObject({
    command: z.string().max(100),
    request: z.unknown(),
    /**
     * With `refusals`, the caller's copies are compared with their registers only if the command would be refused, because the
     * endorsers compare them in any case. Default `all`.
     */
    check: z.enum(['all', 'refusals']).optional(),
  }),
  private: z.unknown(),
  refuses: ['FUNCTION_UNKNOWN', 'NOT_FOUND'],
});
