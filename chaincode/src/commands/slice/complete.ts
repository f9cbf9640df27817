/** `slice:complete` */
import { assertInSheet } from '../../domain/batches.js';
import { put, unsalted } from '../../domain/decision.js';
import { assertAllocated } from '../../domain/legs.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import type { Leg, Slice } from '../../protocol/records/index.js';
import { openLeg, openOutcomeIfShown } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { openSlice } from '../loaders.js';

export const complete = implement(commands.slice.complete, {
  load: async (tx, { request }) => {
    const leg = await openLeg(tx, request.legId);
    const { legIds } = (await tx.open('leg', request.legId)).record;
    const outcome = await openOutcomeIfShown(tx, legIds);
    if (outcome === undefined) throw new TenorError('OUTCOME_MISSING');
    return { held: await openSlice(tx, request.sliceId), leg, outcome };
  },
  decide: ({ request }, { held, leg, outcome, caller, today }) => {
    if (outcome.record.state !== 'COMMITTED') throw new TenorError('OUTCOME_MISSING');
    assertInSheet(outcome.record.sheet, leg);
    const { receiver: holder, receiverMsp: holderMsp, senderMsp } = leg.record;
    if (![senderMsp, holderMsp, held.certificate.terms.record.bankMsp].includes(caller.mspId))
      throw new TenorError('CALLER_NOT_ALLOWED');
    const slice = held.slice.record;
    assertSlice('complete', slice, today);
    assertAllocated(leg, held);
    const readers = request.books === 'register' ? [holderMsp] : [holderMsp, senderMsp];
    const { liable, ...rest } = unsalted(slice);
    // A slice that went back to its issuer is paid: it keeps the holder whom it paid, and what locked it.
    const isPaid = leg.record.what === 'SURRENDER';
    const owed = isPaid ? liable : liableAfter(leg.record, liable);
    const taken = isPaid
      ? { state: 'PAID' as const }
      : { holder, holderMsp, tier: slice.tier + 1, state: 'FREE' as const, lock: null };
    return [put('slice', slice.id, { ...rest, ...taken, ...(owed === undefined ? {} : { liable: owed }) }, readers)];
  },
});

/** With recourse the seller joins those who answer. A sale without recourse ends the list: nobody before it answers to the buyer. */
const liableAfter = ({ recourse, sender, senderMsp }: Leg, before: Slice['liable'] = []): Slice['liable'] =>
  recourse === true ? [...before, { party: sender, mspId: senderMsp }] : undefined;
