import { z } from 'zod';
import { zId, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/** Declines a batch, in which the caller's party gives or takes by a leg, before its organisation has approved anything of it. The batch can then be aborted. */
export const decline = command({
  summary: 'declines a batch, so that it can be aborted',
  by: { party: 'member', duties: ['maker', 'checker'] },
  event: 'tenor.batch.decline.v1',
  request: z.strictObject({ legId: zId }),
  private: z.strictObject({ party: zParty }),
  refuses: ['APPROVAL_EXISTS', 'LEG_FOREIGN'],
});
