import { z } from 'zod';
import { zMsp } from '../schemas.js';
import { salt, schema } from './building.js';

/** Id of the secret for the entries that a bank attested. */
export const CREDIT_SECRET_ID = 'credits' as const;
/** Id of the secret for the limits of what it finances. The payer's bank endorses attestations and sees the other one, so this is one of its own. */
export const LIMIT_SECRET_ID = 'limits' as const;

/**
 * A secret under which a bank's book keys what others could guess: the entries that it attested, or the limits that it set. Its salt is the
 * secret. It is written with the first of these and never changes, because the same thing must always have the same key.
 */
export const zCreditSecret = z.strictObject({
  schema: schema('tenor.creditSecret/1'),
  id: z.enum([CREDIT_SECRET_ID, LIMIT_SECRET_ID]),
  /** The bank's organisation. */
  payeeBankMsp: zMsp,
  ...salt,
});
