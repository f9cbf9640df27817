/** `batch:abort` */
import { assertMember, hasExpired, memberMspsOf, partiesOf, refusalOf } from '../../domain/batches.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { batchIdOf, expectAllocated, expectUnsent, openOutcome } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { outcomeOf, sheetFor } from './outcome.js';

export const abort = implement(commands.batch.abort, {
  load: async (tx, { request, secret }) => {
    const agreed = await openOutcome(tx, request.legIds);
    const sheet = agreed?.record.sheet ?? sheetFor(request, secret);
    const { declinedBy: mspId } = secret;
    if (agreed !== undefined) await expectUnsent(tx, sheet);
    else if (mspId !== undefined) {
      // The id of a leg names its sender. Who receives it is told by its cover alone.
      expectAllocated(
        tx,
        sheet.filter(({ receiverMsp }) => receiverMsp === mspId),
      );
      const refusal = refusalOf(batchIdOf(request.legIds), mspId);
      tx.expectStanding('approval', refusal, mspId, 'BATCH_OPEN', { mspId });
    }
    return { agreed, sheet };
  },
  enters: ({ sheet }) => memberMspsOf(sheet),
  decide: ({ request, secret }, { agreed, sheet, caller, today }) => {
    const { declinedBy } = secret;
    const state = agreed?.record.state;
    assertMember(sheet, caller.mspId);
    if (state !== undefined && state !== 'AGREED') throw new TenorError('STATE', { state });
    const isDeclined = declinedBy !== undefined && partiesOf(sheet).includes(declinedBy);
    const isOver = state === 'AGREED' ? hasExpired(sheet, today) : isDeclined;
    if (!isOver) throw new TenorError('BATCH_OPEN');
    return [outcomeOf({ id: batchIdOf(request.legIds), state: 'ABORTED', sheet }, request.books)];
  },
});
