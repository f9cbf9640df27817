import { z } from 'zod';
import { zDate, zId, zMsp } from '../schemas.js';
import { salt, schema } from './building.js';
import { zDocument } from './claim.js';

/** A claim that nobody has confirmed yet. It keeps nobody else from claiming the document. */
export const zReservation = z.strictObject({
  schema: schema('tenor.reservation/1'),
  id: zId,
  ...zDocument.shape,
  sellerMsp: zMsp,
  issuerMsp: zMsp,
  bankMsp: zMsp,
  /** Business date of the claim. After some days it can no longer be confirmed. */
  reservedOn: zDate,
  ...salt,
});
