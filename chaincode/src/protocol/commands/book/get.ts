import { z } from 'zod';
import { BOOK_RECORDS, type BookKind } from '../../records/index.js';
import { zMsp, zText } from '../../schemas.js';
import { query } from '../definition.js';

const kinds = Object.keys(BOOK_RECORDS) as [BookKind, ...BookKind[]];

/** Answers a record of the own book, and whether it is the current one. */
export const get = query({
  summary: "a record of one's own book",
  request: z.strictObject({
    kind: z.enum(kinds),
    id: zText,
    /** MSP id of the register. Needed for payments and attestations, whose ids do not name it, where another organisation's copy is asked for. */
    register: zMsp.optional(),
  }),
  refuses: ['NOT_FOUND', 'RECORD_UNREADABLE', 'BOOK_ELSEWHERE'],
});
