import { z } from 'zod';
import { zMsp } from '../schemas.js';
import { salt, schema } from './building.js';

/** Id of the one secret of a book. */
export const CREDIT_SECRET_ID = 'credits' as const;

/**
 * The secret under which a bank's book keys the entries that it attested. Its salt is the secret. It is written with the first attestation
 * and never changes, because the same entry must always have the same key.
 */
export const zCreditSecret = z.strictObject({
  schema: schema('tenor.creditSecret/1'),
  id: z.literal(CREDIT_SECRET_ID),
  payeeBankMsp: zMsp,
  ...salt,
});
