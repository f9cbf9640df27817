import { z } from 'zod';
import { query } from '../definition.js';

/** Answers what a submit of a command takes, and the organisations that have to endorse it. */
export const plan = query({
  summary: 'the same, with the organisations that have to endorse',
  request: z.strictObject({
    command: z.string().max(100),
    request: z.unknown(),
    /** `refusals` holds own copies against their registers only where the command would be refused: the endorsers check them in any case. Default `all`. */
    check: z.enum(['all', 'refusals']).optional(),
  }),
  private: z.unknown(),
  refuses: ['FUNCTION_UNKNOWN', 'NOT_FOUND'],
});
