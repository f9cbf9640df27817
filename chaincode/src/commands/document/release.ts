/** `document:release` */
import { assertMeant, assertUnused } from '../../domain/claims.js';
import { remove } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openClaim } from '../loaders.js';
import { issuerOrBank } from './issuerOrBank.js';

export const release = implement(commands.document.release, {
  load: async (tx, { request: { claimId, reservationId } }) => {
    const register = registerOf(reservationId);
    const claim = await openClaim(tx, claimId, register);
    // The marks were made with the claim and with its credit notes, under files that no other claim of this bank has.
    const { documentHash, credits } = (await tx.open('claim', claimId, register)).record;
    const files = [documentHash, ...credits.map((each) => each.documentHash)];
    for (const file of files) tx.expectAny('paper', file, register);
    return { claim, files, callerMsp: tx.mspId };
  },
  actor: issuerOrBank,
  decide: ({ request }, { claim, files }) => {
    assertMeant(claim, request.reservationId);
    assertUnused(claim);
    const { bankMsp } = claim.record;
    return [remove('claim', claim.id, bankMsp), ...files.map((file) => remove('paper', file, bankMsp))];
  },
});
