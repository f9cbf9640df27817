import { z } from 'zod';
import { zDate, zId, zMsp } from '../schemas.js';
import { salt, schema } from './building.js';
import { zDocument } from './claim.js';

/** Where a reservation stands. It stays when it has ended, so that its id never names another document. */
export const RESERVATION_STATES = ['OPEN', 'CONFIRMED', 'REJECTED'] as const;

/** A claim for somebody to confirm. It keeps nobody else from claiming the document. */
export const zReservation = z.strictObject({
  schema: schema('tenor.reservation/1'),
  id: zId,
  ...zDocument.shape,
  sellerMsp: zMsp,
  issuerMsp: zMsp,
  bankMsp: zMsp,
  /** Business date of the claim. After some days it can no longer be confirmed. */
  reservedOn: zDate,
  state: z.enum(RESERVATION_STATES),
  ...salt,
});
