import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Takes a mandate back. The holder does this alone, at any time. What the bank has presented by then stays presented, until the holder
 * withdraws it.
 */
export const revoke = command({
  summary: 'takes a mandate back',
  by: { party: 'holder', duties: ['maker', 'checker'] },
  event: 'tenor.mandate.revoke.v1',
  request: z.strictObject({ mandateId: zId }),
  refuses: [],
});
