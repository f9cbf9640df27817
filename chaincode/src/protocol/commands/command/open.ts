import { z } from 'zod';
import { query } from '../definition.js';

/** Answers the transient fields that a submit of a command needs, in the form of `peer --transient`. */
export const open = query({
  summary: 'answers the transient fields that a submit needs, in the form of `--transient`',
  request: z.strictObject({ command: z.string().max(100), request: z.unknown() }),
  private: z.unknown(),
  refuses: ['FUNCTION_UNKNOWN', 'NOT_FOUND'],
});
