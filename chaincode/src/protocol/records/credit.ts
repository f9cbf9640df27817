import { z } from 'zod';
import { zHash, zId, zMsp, zUetr } from '../schemas.js';
import { salt, schema } from './building.js';

/** The mark that an entry on an account was attested as a credit. As long as it exists, the same entry proves no other payment at that bank. */
export const zCredit = z.strictObject({
  schema: schema('tenor.credit/1'),
  /** HMAC-SHA-256 over account, bank and reference of the entry, under the secret of the bank's book. */
  id: zHash,
  bankMsp: zMsp,
  payeeBankMsp: zMsp,
  presentmentId: zId,
  uetr: zUetr,
  ...salt,
});
