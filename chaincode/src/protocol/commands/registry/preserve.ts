import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zPreservedKind } from '../../records/index.js';
import { zList, zMsp, zText } from '../../schemas.js';
import { command } from '../definition.js';

/** Publishes the hashes of what an organisation that is leaving vouched for, so that they count after its book is gone. An administrator of any organisation may, who has the ids. Of a record that was given up after it was preserved, it says that it is gone. */
export const preserve = command({
  summary: 'publishes the hashes of records that a leaving organisation vouches for',
  by: { anyone: 'administrator' },
  event: 'tenor.registry.preserve.v1',
  request: z.strictObject({
    /** The organisation that is leaving. */
    mspId: zMsp,
    items: zList(z.strictObject({ kind: zPreservedKind, id: zText }), LIMITS.bulkItems),
  }),
  refuses: ['NOT_LEAVING', 'MSP_UNKNOWN', 'DUPLICATE_ITEM', 'NOT_FOUND'],
});
