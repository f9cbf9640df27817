/** `slice:complete` */
import { assertInSheet } from '../../domain/batches.js';
import { handedOver } from '../../domain/legs.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { expectOwnWords, openLeg, openOutcomeIfShown } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { openSlice } from '../loaders.js';

export const complete = implement(commands.slice.complete, {
  load: async (tx, { request }) => {
    const leg = await openLeg(tx, request.legId);
    const { record } = await tx.open('leg', request.legId);
    const outcome = await openOutcomeIfShown(tx, record.legIds);
    if (outcome === undefined) throw new TenorError('OUTCOME_MISSING');
    const held = await openSlice(tx, request.sliceId);
    await expectOwnWords(tx, outcome.record.sheet, record, (await tx.open('slice', request.sliceId)).record);
    return { held, leg, outcome };
  },
  decide: ({ request }, { held, leg, outcome, caller, today }) => {
    if (outcome.record.state !== 'COMMITTED') throw new TenorError('OUTCOME_MISSING');
    assertInSheet(outcome.record.sheet, leg);
    const { receiverMsp, senderMsp } = leg.record;
    if (![senderMsp, receiverMsp, held.certificate.terms.record.bankMsp].includes(caller.mspId))
      throw new TenorError('CALLER_NOT_ALLOWED');
    const readers = request.books === 'register' ? [receiverMsp] : [receiverMsp, senderMsp];
    return [handedOver(leg, held, today, readers)];
  },
});
