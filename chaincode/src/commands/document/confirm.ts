/** `document:confirm` */
import { assertOpen, assertTimely, claimOf, ended } from '../../domain/claims.js';
import { put } from '../../domain/decision.js';
import { assertRole } from '../../domain/parties.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openReservation } from '../loaders.js';
import { bankOr } from './bankOr.js';
import { claimIdOf, expectUnclaimed, paperIdOf, registeredBanks } from './unclaimed.js';

export const confirm = implement(commands.document.confirm, {
  load: async (tx, { request }) => ({
    reservation: await openReservation(tx, request.reservationId),
    callerMsp: tx.mspId,
    banks: registeredBanks(),
  }),
  expect: (tx, { banks, reservation }) => {
    expectUnclaimed(tx, banks, reservation.record);
  },
  actor: ({ reservation: { bank, seller }, callerMsp }) => bankOr(seller, bank, callerMsp),
  decide: ({ request }, { reservation, callerMsp, today }) => {
    const { bank, issuer, seller, record } = reservation;
    const { bankMsp, issuerMsp } = record;
    assertOpen(reservation);
    assertRole(issuer, 'issuer');
    assertRole(bank, 'bank');
    assertRole(seller, 'supplier');
    const confirmedBy = callerMsp === bankMsp ? bank.id : seller.id;
    // A seller in the issuer's organisation says nothing that the issuer has not said.
    if (callerMsp === issuerMsp) throw new TenorError('SAME_ORGANIZATION', { mspId: issuerMsp });
    assertTimely(reservation, today);
    const [claimId, paperId] = [claimIdOf(record), paperIdOf(record)];
    const readers = request.books === 'register' ? [callerMsp] : [callerMsp, issuerMsp];
    return [
      put('claim', claimId, claimOf(reservation, claimId, confirmedBy), readers),
      put('paper', paperId, { schema: 'tenor.paper/1', id: paperId, claimId, bankMsp }),
      ended(reservation, 'CONFIRMED'),
    ];
  },
});
