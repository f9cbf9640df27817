/** `financing:accept` */
import { assertAtOnce } from '../../domain/atOnce.js';
import { put } from '../../domain/decision.js';
import { assertTakenUp } from '../../domain/quotes.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openQuote, openSlices } from '../loaders.js';

export const accept = implement(commands.financing.accept, {
  load: async (tx, { request: { requestId, quoteId }, secret }) => {
    const offered = await openQuote(tx, quoteId);
    const { slices } = (await tx.open('quote', quoteId)).record;
    tx.expectAbsent('acceptance', requestId, tx.mspId, 'FINANCING_ACCEPTED');
    const sliceIds = slices.map(({ sliceId }) => sliceId);
    return { offered, payeeBank: partyOf(secret.payeeBank), slices: await openSlices(tx, sliceIds) };
  },
  enters: ({ offered }) => [offered.record.funderMsp],
  actor: ({ offered: { holder, record } }) => ({ party: holder, mspId: record.holderMsp }),
  decide: ({ request: { requestId: id, quoteId }, secret }, { offered, payeeBank, slices, today }) => {
    const { holder, holderMsp, funder, funderMsp, requestId } = offered.record;
    if (requestId !== id) throw new TenorError('FINANCING_MISMATCH');
    assertTakenUp(offered, { payeeBank, slices }, today);
    if (secret.atOnce === true) assertAtOnce(offered.record, payeeBank.mspId, slices);
    return [
      put('acceptance', id, {
        ...{ schema: 'tenor.acceptance/1', id, quoteId, quoteHash: offered.hash, holder, holderMsp, funder, funderMsp },
        ...{ ...secret, payeeBankMsp: payeeBank.mspId, acceptedOn: today },
      }),
    ];
  },
});
