/** `registry:propose` */
import { proposed } from '../../domain/registry.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { loadRegistry } from '../registryFacts.js';

export const propose = implement(commands.registry.propose, {
  load: async (tx, { request }) => {
    const { proposalId } = request;
    tx.assertDrawn('proposal', proposalId);
    await tx.prefetch([['proposal', proposalId]]);
    tx.expectUnpublished('proposal', proposalId, 'ID_TAKEN');
    return loadRegistry(tx, request.changes);
  },
  decide: ({ request }, { registry, caller }) => proposed(request, { ...registry, caller }),
});
