/** `registry:approve` */
import { approved } from '../../domain/registry.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { loadRegistry } from '../registryFacts.js';

export const approve = implement(commands.registry.approve, {
  load: async (tx, { request }) => {
    await tx.prefetch([['proposal', request.proposalId]]);
    const proposal = tx.registry.get('proposal', request.proposalId, 'NOT_FOUND');
    return { proposal, ...(await loadRegistry(tx, proposal.changes, proposal.approvals)) };
  },
  decide: (_call, { proposal, registry, caller }) => approved(proposal, { ...registry, caller }),
});
