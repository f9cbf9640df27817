/** The parts that all record schemas share. */
import { z } from 'zod';
import { zHash } from '../schemas.js';

/** Name and version of a record: `tenor.<kind>/<version>`. Stored bytes are never encoded again, and every released version can always be decoded. */
export const schema = <Name extends string>(name: Name): z.ZodLiteral<Name> => z.literal(name);

/** HMAC-SHA-256(seed, key), so that equal contents never have equal hashes. */
export const salt = { salt: zHash };
