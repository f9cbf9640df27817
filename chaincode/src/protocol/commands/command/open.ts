import { z } from 'zod';
import { query } from '../definition.js';

/** Answers what a submit of a command takes, in the form of `peer --transient`. */
export const open = query({
  summary: 'what a submit of a request takes, in the form of `--transient`',
  request: z.strictObject({ command: z.string().max(100), request: z.unknown() }),
  private: z.unknown(),
  refuses: ['FUNCTION_UNKNOWN', 'NOT_FOUND'],
});
