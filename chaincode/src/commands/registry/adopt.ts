/** `registry:adopt` */
import { assertFounders } from '../../domain/registryChanges.js';
import { put } from '../../domain/decision.js';
import { FOUNDING_ID } from '../../ledger/keys.js';
import { commands } from '../../protocol/commands/index.js';
import { foundingOf } from '../founding.js';
import { implement } from '../implement.js';

export const adopt = implement(commands.registry.adopt, {
  load: async (tx, { request }) => {
    // This reads a key that nobody writes. So an unknown MSP id is refused, and founders who adopt at the same time do not conflict.
    for (const mspId of request.founders) await tx.hash('founding', 'probe', mspId);
    tx.expectAny('founding', FOUNDING_ID, tx.mspId);
    return {};
  },
  decide: ({ request }) => {
    assertFounders(request.founders);
    return [put('founding', FOUNDING_ID, foundingOf(request.founders))];
  },
});
