/** `document:reject` */
import { remove } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openReservation } from '../loaders.js';

export const reject = implement(commands.document.reject, {
  load: async (tx, { request }) => ({ reservation: await openReservation(tx, request.reservationId) }),
  actor: ({ reservation: { bank } }) => ({ party: bank, mspId: bank.mspId }),
  decide: (_call, { reservation: { id, record } }) => [remove('reservation', id, record.bankMsp)],
});
