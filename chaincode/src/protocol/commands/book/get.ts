import { z } from 'zod';
import { zBookKind } from '../../records/index.js';
import { zMsp, zText } from '../../schemas.js';
import { query } from '../definition.js';

/** Answers a record of the caller's own book, and whether it is current. */
export const get = query({
  summary: "reads a record of the caller's own book",
  request: z.strictObject({
    kind: zBookKind,
    id: zText,
    /** MSP id of the register. Needed for a copy whose id does not name the register: a claim, payment, attestation, receipt or redeemed slice. Without it, such a copy is not found. */
    register: zMsp.optional(),
  }),
  refuses: ['NOT_FOUND', 'RECORD_UNREADABLE', 'BOOK_ELSEWHERE'],
});
