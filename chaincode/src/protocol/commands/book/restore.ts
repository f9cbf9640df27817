import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zBookKind } from '../../records/index.js';
import { zMsp, zText } from '../../schemas.js';
import { command } from '../definition.js';

/** Writes the bytes of a record, handed over by another party, into the caller's own book. The register's hash proves them right. */
export const restore = command({
  summary: "writes the current bytes of a record into the caller's own book again",
  by: { anyone: 'operator' },
  rewrites: true,
  event: 'tenor.book.restore.v1',
  request: z.strictObject({
    kind: zBookKind,
    id: zText,
    /** MSP id of the organisation whose book is the register of the record. */
    register: zMsp,
  }),
  private: z.strictObject({ record: z.string().max(LIMITS.transientBytes) }),
  refuses: ['NOT_RESTORABLE'],
});
