import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zIds } from '../../schemas.js';
import { command } from '../definition.js';

/** Confirms up to 50 certificates of one issuer on one line, either all or none. This binds the bank and draws the line. */
export const confirm = command({
  summary: 'confirms up to 50 certificates and draws the line',
  by: { party: 'bank', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.certificate.confirm.v1',
  request: z.strictObject({ certificateIds: zIds(LIMITS.bulkItems), lineId: zId, ticketId: zId }),
  refuses: [
    'CONFIRMATION_EXISTS',
    'PARTY_ROLE',
    'DUE_DATE_PAST',
    'LINE_FOREIGN',
    'CURRENCY_MISMATCH',
    'LINE_EXPIRED',
    'LINE_EXCEEDED',
  ],
});
