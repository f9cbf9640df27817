import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zBookKind } from '../../records/index.js';
import { zIds } from '../../schemas.js';
import { query } from '../definition.js';

/** Answers the records of one kind in the caller's own book: first those for which the organisation is the register, then copies. */
export const list = query({
  summary: "lists the records of one kind in the caller's own book",
  request: z.strictObject({
    kind: zBookKind,
    /** Where the last page ended. */
    bookmark: z.string().max(LIMITS.bookmark).optional(),
    limit: z.number().int().min(1).max(LIMITS.pageRowsMax).optional(),
    /** Answers only the records of these certificates, and those that name one of them. A page then has fewer rows than it looked at. */
    certificateIds: zIds(LIMITS.bulkItems).optional(),
  }),
  refuses: ['BOOK_ELSEWHERE'],
});
