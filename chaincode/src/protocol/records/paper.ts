import { z } from 'zod';
import { zHash, zMsp } from '../schemas.js';
import { salt, schema } from './building.js';

/** The mark that a file was taken for a claim, as the document itself or as a credit note. So one file counts once, whatever number is typed. */
export const zPaper = z.strictObject({
  schema: schema('tenor.paper/1'),
  /** SHA-256 of the file. */
  id: zHash,
  /** The claim for which it was taken. */
  claimId: zHash,
  bankMsp: zMsp,
  ...salt,
});
