/** `document:release` */
import { assertMeant, assertUncredited, assertUnused } from '../../domain/claims.js';
import { remove } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openEndableClaim } from '../loaders.js';
import { bankOr } from './bankOr.js';
import { paperIdOf } from './unclaimed.js';

export const release = implement(commands.document.release, {
  load: async (tx, { request: { claimId, reservationId } }) => {
    const register = registerOf(reservationId);
    const claim = await openEndableClaim(tx, claimId, register);
    // The mark of the file was made with the claim. No other claim of this bank has it.
    const paperId = paperIdOf((await tx.open('claim', claimId, register)).record);
    tx.expectAny('paper', paperId, register);
    return { claim, paperId, callerMsp: tx.mspId };
  },
  actor: ({ claim: { bank, issuer }, callerMsp }) => bankOr(issuer, bank, callerMsp),
  decide: ({ request }, { claim, paperId, callerMsp }) => {
    assertMeant(claim, request.reservationId);
    assertUnused(claim);
    const { bankMsp } = claim.record;
    if (callerMsp !== bankMsp) assertUncredited(claim);
    return [remove('claim', claim.id, bankMsp), remove('paper', paperId, bankMsp)];
  },
});
