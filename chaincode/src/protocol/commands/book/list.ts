import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zBookKind } from '../../records/index.js';
import { query } from '../definition.js';

/** Answers records of one kind in the own book: first those that the organisation keeps as register, then copies. */
export const list = query({
  summary: "records of one kind in one's own book",
  request: z.strictObject({
    kind: zBookKind,
    /** Where the last page ended. */
    bookmark: z.string().max(LIMITS.bookmark).optional(),
    limit: z.number().int().min(1).max(LIMITS.pageRows).optional(),
  }),
  refuses: ['BOOK_ELSEWHERE'],
});
