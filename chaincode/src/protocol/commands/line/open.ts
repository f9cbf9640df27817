import { z } from 'zod';
import { zAmount, zCurrency, zDate, zId, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/** Opens a credit line of a bank to an issuer in one currency. */
export const open = command({
  summary: 'opens a credit line to an issuer',
  by: { party: 'bank', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.line.open.v1',
  request: z.strictObject({ lineId: zId, ticketId: zId }),
  private: z.strictObject({
    bank: zParty,
    issuer: zParty,
    currency: zCurrency,
    limit: zAmount,
    expiresOn: zDate,
    revolving: z.boolean(),
    autoConfirm: z.boolean(),
  }),
  refuses: ['ID_FOREIGN', 'ID_TAKEN', 'PARTY_ROLE', 'SAME_ORGANIZATION', 'LINE_EXPIRED', 'LINE_TERM', 'QUOTA_REACHED'],
});
