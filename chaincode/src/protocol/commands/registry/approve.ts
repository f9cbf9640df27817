import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Approves a proposal. It is applied when enough have approved. */
export const approve = command({
  summary: 'approves a proposal; applied when enough have',
  by: { anyone: 'who decides the change' },
  event: 'tenor.registry.approve.v1',
  request: z.strictObject({ proposalId: zId }),
  refuses: [
    'NOT_FOUND',
    'PROPOSAL_CLOSED',
    'SAME_PERSON',
    'ALREADY_APPROVED',
    'REGISTRY_NOT_FOUNDED',
    'FOUNDING_MISSING',
    'MSP_UNKNOWN',
    'PARTY_TAKEN',
    'PARTY_UNKNOWN',
    'PROPOSAL_STALE',
    'REGISTRY_FULL',
    'BUSINESS_DATE_BACKWARDS',
    'FOUNDERS_INVALID',
  ],
});
