/** The parts that all record schemas share. */
import { z } from 'zod';
import { zHash, zMsp, zParty } from '../schemas.js';

/** Name and version of a record: `tenor.<kind>/<version>`. Stored bytes are never encoded again, and every released version can always be decoded. */
export const schema = <Name extends string>(name: Name): z.ZodLiteral<Name> => z.literal(name);

/** A party that may speak for a silent payee, and its organisation. */
export const zStandIn = z.strictObject({ party: zParty, mspId: zMsp });
/** A party that may speak for a silent payee, and its organisation. */
export type StandIn = z.infer<typeof zStandIn>;

/** HMAC-SHA-256(seed, key), so that equal contents never have equal hashes. */
export const salt = { salt: zHash };
