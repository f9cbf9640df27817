import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Restores line and documents of a certificate that was rejected or declined, that lapsed, or that was confirmed and never offered. */
export const unwind = command({
  summary: 'restores line and documents of a certificate that was rejected, never offered, declined or lapsed',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.certificate.unwind.v1',
  request: z.strictObject({ certificateId: zId }),
  refuses: ['STATE', 'LINE_FOREIGN', 'LINE_UNDRAWN', 'CURRENCY_MISMATCH', 'DOCUMENT_FOREIGN'],
});
