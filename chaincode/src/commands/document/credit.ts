/** `document:credit` */
import { assertMeant, credited } from '../../domain/claims.js';
import { put } from '../../domain/decision.js';
import { moneyOf } from '../../domain/money.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openClaim } from '../loaders.js';
import { issuerOrBank } from './issuerOrBank.js';

export const credit = implement(commands.document.credit, {
  load: async (tx, { request: { claimId, reservationId }, secret }) => {
    const register = registerOf(reservationId);
    const claim = await openClaim(tx, claimId, register);
    tx.expectAbsent('paper', secret.documentHash, register, 'DOCUMENT_KNOWN', { mspId: register });
    return { claim, callerMsp: tx.mspId };
  },
  actor: issuerOrBank,
  decide: ({ request, secret }, { claim }) => {
    assertMeant(claim, request.reservationId);
    const { id: claimId, record } = claim;
    const { bankMsp, issuerMsp } = record;
    const { documentHash } = secret;
    return [
      put(
        'claim',
        claimId,
        credited(claim, moneyOf(secret), documentHash),
        request.books === 'register' ? [] : [issuerMsp],
      ),
      put('paper', documentHash, { schema: 'tenor.paper/1', id: documentHash, claimId, bankMsp }),
    ];
  },
});
