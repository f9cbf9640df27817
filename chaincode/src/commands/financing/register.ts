/** `financing:register` */
import { assertAccepted } from '../../domain/financing.js';
import { put } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openQuote } from '../loaders.js';

export const register = implement(commands.financing.register, {
  load: async (tx, { request: { requestId } }) => {
    const accepted = await tx.open('acceptance', requestId, registerOf(requestId));
    tx.expectAbsent('registration', requestId, tx.mspId, 'REGISTRATION_EXISTS');
    // Whoever writes an acceptance can name any funder in it. The quote stands in the funder's own book.
    return { accepted, quote: await openQuote(tx, accepted.record.quoteId) };
  },
  actor: ({ quote: { funder, record } }) => ({ party: funder, mspId: record.funderMsp }),
  decide: ({ request: { requestId: id }, secret }, { accepted, quote, today }) => {
    assertAccepted({ acceptance: accepted, quote });
    if (secret.searchedOn > today) throw new TenorError('VALUE_DATE');
    const { funderMsp } = quote.record;
    return [put('registration', id, { schema: 'tenor.registration/1', id, funderMsp, ...secret, registeredOn: today })];
  },
});
