import { z } from 'zod';
import { zHash, zMsp } from '../schemas.js';
import { salt, schema } from './building.js';

/** The mark that a file was taken for a claim. So one file of a seller counts once, whatever number is typed. */
export const zPaper = z.strictObject({
  schema: schema('tenor.paper/1'),
  /** SHA-256 of {file's hash, seller}: a seller cannot stand in the way of another one's file. */
  id: zHash,
  /** The claim for which it was taken. */
  claimId: zHash,
  bankMsp: zMsp,
  ...salt,
});
