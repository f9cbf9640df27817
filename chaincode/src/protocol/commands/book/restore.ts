import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zBookKind } from '../../records/index.js';
import { zMsp, zText } from '../../schemas.js';
import { command } from '../definition.js';

/** Takes the bytes of a record, handed over by another party, into one's own book. The register's hash vouches for them. */
export const restore = command({
  summary: "takes the current bytes of a record into one's own book",
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
