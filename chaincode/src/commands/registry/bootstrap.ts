/** `registry:bootstrap` */
import { publish } from '../../domain/decision.js';
import { assertFounders } from '../../domain/registryChanges.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { assertAdopted, foundingHash, foundingOf } from '../founding.js';
import { implement } from '../implement.js';

export const bootstrap = implement(commands.registry.bootstrap, {
  load: async (tx, { request }) => {
    assertFounders(request.founders);
    await assertAdopted(tx, request.founders, foundingHash(request.founders));
    // A second bootstrap, even by the same founders, would undo every change of the founders since the first.
    await tx.prefetch([['registry']]);
    tx.expectUnpublished('registry', undefined, 'REGISTRY_FOUNDED');
    return {};
  },
  decide: ({ request }, { caller }) => {
    if (!request.founders.includes(caller.mspId)) throw new TenorError('FOUNDERS_INVALID');
    const { founders } = foundingOf(request.founders);
    const founding = foundingHash(request.founders);
    return [publish('registry', undefined, { schema: 'tenor.registry/1', founders, founding, version: 1 })];
  },
});
