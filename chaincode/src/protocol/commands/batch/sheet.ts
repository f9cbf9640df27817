/** What the steps of a whole batch are sent with. */
import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zSheetRow } from '../../records/index.js';
import { zIds, zList } from '../../schemas.js';

/** All legs of the batch. */
export const zLegIds = zIds(LIMITS.batchLegs);
/**
 * One row a leg, in the order of their ids. A member makes the rows of the legs that it sees, and is told the others by their parties. They hold hashes and
 * MSP ids, and are checked against all registers.
 */
export const zSheet = zList(zSheetRow, LIMITS.batchLegs);
/** A step that needs the sheet only where no outcome is opened. */
export const zMaybeSheet = z.strictObject({ sheet: zSheet.optional() }).default({});
