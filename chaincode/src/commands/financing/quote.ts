/** `financing:quote` */
import { put } from '../../domain/decision.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { digitsOf } from '../../domain/money.js';
import { assertAsked, assertFinanceable, assertQuoteDates, priceOf } from '../../domain/quotes.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openFinancingRequest, openSlices } from '../loaders.js';

export const quote = implement(commands.financing.quote, {
  load: async (tx, { request: { quoteId, requestId, ticketId } }) => {
    tx.draw('quote', quoteId, tx.mspId);
    await tx.foresee(['financingRequest', requestId], ['ticket', ticketId]);
    const asked = await openFinancingRequest(tx, requestId);
    const { sliceIds } = (await tx.open('financingRequest', requestId)).record;
    return { asked, slices: await openSlices(tx, sliceIds) };
  },
  enters: ({ asked }) => [asked.record.holderMsp],
  actor: ({ asked }) => ({ party: asked.funder, mspId: asked.record.funderMsp }),
  decide: ({ request: { quoteId: id, requestId }, secret }, { asked, slices, today }) => {
    const { holder, holderMsp, funder, funderMsp, interestPayer, expiresOn } = asked.record;
    if (expiresOn < today) throw new TenorError('FINANCING_LAPSED');
    eachItem(slices, (held) => {
      assertAsked(held, asked);
    });
    const amount = assertFinanceable(slices, today);
    const { paymentDate } = firstOf(slices).certificate.terms.record;
    assertQuoteDates({ ...secret, paymentDate }, expiresOn, today);
    const price = priceOf(
      slices.map(({ slice }) => slice.record),
      { ...secret, paymentDate, interestPayer },
    );
    return [
      put('quote', id, {
        ...{ schema: 'tenor.quote/1', id, requestId, holder, holderMsp, funder, funderMsp, paymentDate },
        ...{ currency: amount.currency, amount: digitsOf(amount), interestPayer, quotedOn: today },
        ...secret,
        ...price,
      }),
    ];
  },
});
