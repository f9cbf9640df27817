/** `document:credit` */
import { assertMeant, credited } from '../../domain/claims.js';
import { put } from '../../domain/decision.js';
import { moneyOf } from '../../domain/money.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openClaim } from '../loaders.js';
import { bankOr } from './bankOr.js';

export const credit = implement(commands.document.credit, {
  load: async (tx, { request: { claimId, reservationId } }) => {
    const register = registerOf(reservationId);
    const claim = await openClaim(tx, claimId, register);
    return { claim, callerMsp: tx.mspId };
  },
  actor: ({ claim: { bank, issuer }, callerMsp }) => bankOr(issuer, bank, callerMsp),
  decide: ({ request, secret }, { claim }) => {
    assertMeant(claim, request.reservationId);
    const copies = request.books === 'register' ? [] : [claim.record.issuerMsp];
    return [put('claim', claim.id, credited(claim, moneyOf(secret), secret.documentHash), copies)];
  },
});
