import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zDate, zHash, zId, zParty } from '../schemas.js';
import { salt, schema } from './building.js';

/** A command that a maker has written down, for a checker to run once. */
export const zTicket = z.strictObject({
  schema: schema('tenor.ticket/1'),
  id: zId,
  /** The party for which the maker acts. The call must act for the same party. */
  party: zParty,
  command: z.string(),
  /** Canonical JSON of {private, request}. The checker reads it and may run exactly this. */
  payload: z.string().max(LIMITS.transientBytes),
  maker: zHash,
  expiresOn: zDate,
  ...salt,
});
