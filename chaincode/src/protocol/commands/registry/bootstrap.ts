import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zList, zMsp } from '../../schemas.js';
import { command } from '../definition.js';

/** Founds the registry of the channel once every founder has adopted the founding. */
export const bootstrap = command({
  summary: 'founds the registry, once every founder has adopted the founding',
  by: { anyone: 'administrator' },
  event: 'tenor.registry.bootstrap.v1',
  request: z.strictObject({ founders: zList(zMsp, LIMITS.founders) }),
  refuses: ['FOUNDERS_INVALID', 'FOUNDING_MISSING', 'MSP_UNKNOWN', 'REGISTRY_FOUNDED'],
});
