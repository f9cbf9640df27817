/** `document:reject` */
import { assertOpen, ended } from '../../domain/claims.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openEndableReservation } from '../loaders.js';

export const reject = implement(commands.document.reject, {
  load: async (tx, { request }) => ({ reservation: await openEndableReservation(tx, request.reservationId) }),
  actor: ({ reservation: { bank } }) => ({ party: bank, mspId: bank.mspId }),
  decide: (_call, { reservation }) => {
    assertOpen(reservation);
    return [ended(reservation, 'REJECTED')];
  },
});
