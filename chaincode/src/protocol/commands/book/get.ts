import { z } from 'zod';
import { zBookKind } from '../../records/index.js';
import { zMsp, zText } from '../../schemas.js';
import { query } from '../definition.js';

/** Answers a record of the own book, and whether it is the current one. */
export const get = query({
  summary: "a record of one's own book",
  request: z.strictObject({
    kind: zBookKind,
    id: zText,
    /** MSP id of the register. Needed for a copy whose id does not name it: of a payment, an attestation, a receipt, a redeemed slice. */
    register: zMsp.optional(),
  }),
  refuses: ['NOT_FOUND', 'RECORD_UNREADABLE', 'BOOK_ELSEWHERE'],
});
