/** `document:confirm` */
import { assertTimely, claimOf } from '../../domain/claims.js';
import { put, remove } from '../../domain/decision.js';
import { assertRole } from '../../domain/parties.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openReservation } from '../loaders.js';
import { claimIdOf, expectUnclaimed, registeredBanks } from './unclaimed.js';

export const confirm = implement(commands.document.confirm, {
  load: async (tx, { request }) => ({
    reservation: await openReservation(tx, request.reservationId),
    callerMsp: tx.mspId,
    banks: registeredBanks(),
  }),
  expect: (tx, { banks, reservation }) => {
    expectUnclaimed(tx, banks, reservation.record);
  },
  actor: ({ reservation: { bank, seller }, callerMsp }) => {
    const party = callerMsp === bank.mspId ? bank : seller;
    return { party, mspId: party.mspId };
  },
  decide: ({ request }, { reservation, callerMsp, today }) => {
    const { bank, issuer, seller, record } = reservation;
    const { bankMsp, issuerMsp, documentHash } = record;
    assertRole(issuer, 'issuer');
    assertRole(bank, 'bank');
    assertRole(seller, 'supplier');
    const confirmedBy = callerMsp === bankMsp ? bank.id : seller.id;
    // A seller in the issuer's organisation says nothing that the issuer has not said.
    if (callerMsp === issuerMsp) throw new TenorError('SAME_ORGANIZATION', { mspId: issuerMsp });
    assertTimely(reservation, today);
    const claimId = claimIdOf(record);
    const readers = request.books === 'register' ? [callerMsp] : [callerMsp, issuerMsp];
    return [
      put('claim', claimId, claimOf(reservation, claimId, confirmedBy), readers),
      put('paper', documentHash, { schema: 'tenor.paper/1', id: documentHash, claimId, bankMsp }),
      remove('reservation', reservation.id, bankMsp),
    ];
  },
});
