import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zMsp } from '../schemas.js';
import { schema } from './building.js';

/** The founding that an organisation adopted, in its own book. It carries no salt, so that its hash can be compared. */
export const zFounding = z.strictObject({
  schema: schema('tenor.founding/1'),
  founders: z.array(zMsp).max(LIMITS.founders),
});
