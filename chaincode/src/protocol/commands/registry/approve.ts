import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';
import { CHANGE_REFUSALS } from './changeRefusals.js';

/** Approves a proposal. It is applied when enough have approved. */
export const approve = command({
  summary: 'approves a proposal, which is applied when enough have approved',
  by: { anyone: 'who decides the change' },
  event: 'tenor.registry.approve.v1',
  request: z.strictObject({ proposalId: zId }),
  refuses: ['NOT_FOUND', 'PROPOSAL_CLOSED', 'SAME_PERSON', 'ALREADY_APPROVED', ...CHANGE_REFUSALS],
});
