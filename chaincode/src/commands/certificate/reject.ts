/** `certificate:reject` */
import { put } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openFace } from '../loaders.js';

export const reject = implement(commands.certificate.reject, {
  load: async (tx, { request }) => {
    const certificate = await openFace(tx, request.certificateId);
    tx.expectAbsent('confirmation', request.certificateId, registerOf(request.certificateId), 'CONFIRMATION_EXISTS');
    return { certificate };
  },
  actor: ({ certificate: { bank } }) => ({ party: bank, mspId: bank.mspId }),
  decide: ({ request: { certificateId: id } }) => [
    put('confirmation', id, { schema: 'tenor.confirmation/1', id, outcome: 'REJECTED', by: 'BANK' }),
  ],
});
