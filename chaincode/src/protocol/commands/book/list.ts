import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { BOOK_RECORDS, type BookKind } from '../../records/index.js';
import { query } from '../definition.js';

const kinds = Object.keys(BOOK_RECORDS) as [BookKind, ...BookKind[]];

/** Answers records of one kind in the own book: first those that the organisation keeps as register, then copies. */
export const list = query({
  summary: "records of one kind in one's own book",
  request: z.strictObject({
    kind: z.enum(kinds),
    /** Where the last page ended. */
    bookmark: z.string().max(LIMITS.bookmark).optional(),
    limit: z.number().int().min(1).max(LIMITS.pageRows).optional(),
  }),
  refuses: ['BOOK_ELSEWHERE'],
});
