/** `slice:realise` */
import { put, unsalted } from '../../domain/decision.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openSlice } from '../loaders.js';

export const realise = implement(commands.slice.realise, {
  load: async (tx, { request: { sliceId } }) => {
    const held = await openSlice(tx, sliceId);
    const { lock, state } = (await tx.open('slice', sliceId)).record;
    if (lock?.kind !== 'PLEDGE') throw new TenorError('STATE', { state, sliceId });
    return { held, lock, pledgee: partyOf(lock.counterparty) };
  },
  actor: ({ lock, pledgee }) => ({ party: pledgee, mspId: lock.counterpartyMsp }),
  decide: ({ request }, { held, lock, pledgee, today }) => {
    const slice = held.slice.record;
    assertSlice('realise', slice, today);
    if (today <= lock.expiresOn) throw new TenorError('PLEDGE_OPEN', { sliceId: slice.id });
    const { liable: _ended, ...rest } = unsalted(slice);
    const taken = { holder: pledgee.id, holderMsp: lock.counterpartyMsp, tier: slice.tier + 1 };
    const readers = request.books === 'register' ? [taken.holderMsp] : [taken.holderMsp, slice.holderMsp];
    return [put('slice', slice.id, { ...rest, ...taken, state: 'FREE', lock: null }, readers)];
  },
});
