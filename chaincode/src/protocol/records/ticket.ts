import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zDate, zHash, zId, zParty } from '../schemas.js';
import { salt, schema } from './building.js';

/** What a maker wrote down for a checker to run once. */
export const zTicket = z.strictObject({
  schema: schema('tenor.ticket/1'),
  id: zId,
  /** The party that the maker acts for: the call must act for the same. */
  party: zParty,
  command: z.string(),
  /** Canonical JSON of {private, request}: exactly what the checker may run, there for the checker to read. */
  payload: z.string().max(LIMITS.transientBytes),
  maker: zHash,
  expiresOn: zDate,
  ...salt,
});
