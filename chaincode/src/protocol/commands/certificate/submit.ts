import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Binds the issuer. The draft becomes immutable roots in both books, and its documents are reserved. On an automatic line it is confirmed too. */
export const submit = command({
  summary: 'binds the issuer; on an automatic line it also confirms at once',
  by: { party: 'issuer', duties: ['checker'], commits: true },
  event: 'tenor.certificate.submit.v1',
  request: z.strictObject({ certificateId: zId, lineId: zId.optional() }),
  refuses: [
    'ID_TAKEN',
    'CONFIRMATION_EXISTS',
    'POLICY_MISSING',
    'CALENDAR_UNKNOWN',
    'SAME_PERSON',
    'PARTY_ROLE',
    'SAME_ORGANIZATION',
    'ID_FOREIGN',
    'ISSUER_IS_PAYEE',
    'CALENDAR_ENDS',
    'DUE_DATE_PAST',
    'TENOR_EXCEEDED',
    'TENOR_UNJUSTIFIED',
    'SME_TERM_EXCEEDED',
    'DUPLICATE_ITEM',
    'SUM_MISMATCH',
    'DOCUMENT_FOREIGN',
    'DOCUMENT_CAPACITY',
    'LINE_NOT_AUTOMATIC',
    'LINE_FOREIGN',
    'CURRENCY_MISMATCH',
    'LINE_EXPIRED',
    'LINE_EXCEEDED',
    'QUOTA_REACHED',
  ],
});
