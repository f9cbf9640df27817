import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zList, zMsp } from '../../schemas.js';
import { command } from '../definition.js';

/** Writes a founding into the organisation's own book. With this its administrator agrees to the founders. */
export const adopt = command({
  summary: "writes the founding into the organisation's own book",
  by: { anyone: 'administrator' },
  rewrites: true,
  event: 'tenor.registry.adopt.v1',
  request: z.strictObject({ founders: zList(zMsp, LIMITS.founders) }),
  refuses: ['MSP_UNKNOWN', 'FOUNDERS_INVALID'],
});
