import { z } from 'zod';
import { DOCUMENT_TYPES } from '../../records/index.js';
import { zAmount, zCurrency, zDocumentNumber, zHash, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/** Claims a trade document for certificates of one issuer through one bank. No registered bank's book may hold a claim of it yet. */
export const claim = command({
  summary: 'claims a trade document through one bank',
  by: { party: 'issuer', duties: ['maker', 'checker'], commits: true },
  event: 'tenor.document.claim.v1',
  request: z.strictObject({ claimId: zHash }),
  private: z.strictObject({
    type: z.enum(DOCUMENT_TYPES),
    number: zDocumentNumber,
    seller: zParty,
    issuer: zParty,
    bank: zParty,
    currency: zCurrency,
    capacity: zAmount,
    documentHash: zHash,
  }),
  refuses: ['DOCUMENT_CLAIMED', 'PARTY_ROLE', 'SAME_ORGANIZATION', 'CLAIM_ID'],
});
