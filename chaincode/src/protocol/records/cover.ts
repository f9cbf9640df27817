import { z } from 'zod';
import { zDate, zHash, zId, zMsp } from '../schemas.js';
import { schema } from './building.js';
import { LEG_KINDS } from './leg.js';

/**
 * What a batch shows of a leg to those who are not its parties: its salted hash, and which organisations answer for it. It holds no salt of its own, so
 * that everybody who knows the sheet of the batch can tell by Fabric's hash that it stands in the register.
 */
export const coverFields = {
  /** Id of the leg. Its register keeps the leg, and its drawer is the sender's organisation. */
  id: zId,
  batchId: zHash,
  /** SHA-256 of the leg as stored. */
  legHash: zHash,
  what: z.enum(LEG_KINDS),
  receiverMsp: zMsp,
  /** Organisations of the two banks, where money moves. */
  payerBankMsp: zMsp.optional(),
  payeeBankMsp: zMsp.optional(),
  /** Organisation of the party that may speak for a silent payee. */
  standInMsp: zMsp.optional(),
  expiresOn: zDate,
};

/** One row of the sheet of a batch. */
export const zSheetRow = z.strictObject(coverFields);
/** One row of the sheet of a batch. */
export type SheetRow = z.infer<typeof zSheetRow>;

/** The mark of a leg in the book of its register: as long as it exists, the leg is allocated to its batch. */
export const zCover = z.strictObject({ schema: schema('tenor.cover/1'), ...coverFields });
