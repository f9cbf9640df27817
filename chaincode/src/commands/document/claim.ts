/** `document:claim` */
import { assertIssued } from '../../domain/claims.js';
import { put } from '../../domain/decision.js';
import { assertApart, assertRole } from '../../domain/parties.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { expectUnclaimed, registeredBanks } from './unclaimed.js';

export const claim = implement(commands.document.claim, {
  load: (tx, { request, secret }) => {
    tx.draw('reservation', request.reservationId);
    return {
      issuer: partyOf(secret.issuer),
      bank: partyOf(secret.bank),
      seller: partyOf(secret.seller),
      banks: registeredBanks(),
    };
  },
  // Said early to whoever comes second. What counts is that it holds when the claim is confirmed.
  expect: (tx, { banks }, { secret }) => {
    expectUnclaimed(tx, banks, secret);
  },
  enters: ({ bank, seller }) => [bank.mspId, seller.mspId],
  actor: ({ issuer }) => ({ party: issuer, mspId: issuer.mspId }),
  decide: ({ request, secret }, { issuer, bank, seller, today }) => {
    const { reservationId: id, books } = request;
    const organizations = { bankMsp: bank.mspId, issuerMsp: issuer.mspId, sellerMsp: seller.mspId };
    assertRole(issuer, 'issuer');
    assertRole(bank, 'bank');
    assertRole(seller, 'supplier');
    assertApart(organizations);
    if (registerOf(id) !== bank.mspId) throw new TenorError('ID_FOREIGN', { kind: 'reservation', id });
    assertIssued(secret.issuedOn, today);
    const record = {
      schema: 'tenor.reservation/1' as const,
      id,
      ...secret,
      ...organizations,
      reservedOn: today,
      state: 'OPEN' as const,
    };
    return [put('reservation', id, record, books === 'register' ? [issuer.mspId] : undefined)];
  },
});
