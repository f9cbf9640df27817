/** `financing:limit` */
import { put } from '../../domain/decision.js';
import { saltOf } from '../../ledger/codec.js';
import { ownKey } from '../../ledger/keys.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { LIMIT_SECRET_ID } from '../../protocol/records/index.js';
import { limitIdOf, openLimitSecret } from '../funding.js';
import { implement } from '../implement.js';

export const limit = implement(commands.financing.limit, {
  load: async (tx, { request, secret, seed }) => {
    // The ticket stands in the book of the funder. Whoever is not of it is refused as the caller.
    const mspId = registerOf(request.ticketId);
    const known = await openLimitSecret(tx, mspId);
    const id = limitIdOf(known?.record.salt ?? saltOf(seed, ownKey('creditSecret', LIMIT_SECRET_ID)), secret);
    return {
      ...{ id, isFirst: known === undefined },
      // Not the seller or issuer: what is read of the registry stands in the block, and would show for whom the limit is.
      funder: partyOf(secret.funder),
      earlier: await tx.openOrAbsent('fundingLimit', id, mspId, 'OPENING_MISSING'),
    };
  },
  actor: ({ funder }) => ({ party: funder, mspId: funder.mspId }),
  decide: ({ secret }, { id, isFirst, funder: { mspId }, earlier }) => {
    const utilised = earlier?.record.utilised ?? '0';
    const newSecret = { schema: 'tenor.creditSecret/1', id: LIMIT_SECRET_ID, payeeBankMsp: mspId } as const;
    return [
      put('fundingLimit', id, { schema: 'tenor.fundingLimit/1', id, ...secret, funderMsp: mspId, utilised }),
      ...(isFirst ? [put('creditSecret', LIMIT_SECRET_ID, newSecret)] : []),
    ];
  },
});
