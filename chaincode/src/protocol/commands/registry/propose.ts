import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zChange } from '../../records/index.js';
import { zId, zList } from '../../schemas.js';
import { command } from '../definition.js';
import { CHANGE_REFUSALS } from './changeRefusals.js';

/** Proposes changes of the registry: parties, operators, policy, calendar, business date, founders, departures. The proposer's approval is the first. */
export const propose = command({
  summary: 'proposes a change of parties, operators, policy, calendar, business date, founders or departures',
  by: { anyone: 'who decides the change' },
  event: 'tenor.registry.propose.v1',
  request: z.strictObject({ proposalId: zId, changes: zList(zChange, LIMITS.changesPerProposal) }),
  refuses: ['ID_FOREIGN', 'ID_TAKEN', 'PROPOSAL_MIXED', ...CHANGE_REFUSALS],
});
