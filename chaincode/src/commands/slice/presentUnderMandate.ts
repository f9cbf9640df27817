/** `slice:presentUnderMandate` */
import { assertInTime, assertMandated } from '../../domain/mandates.js';
import { eachItem } from '../../domain/items.js';
import { presented } from '../../domain/presenting.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openMandate, openSlices } from '../loaders.js';
import { rulesOfPresenting } from './rulesOfPresenting.js';

export const presentUnderMandate = implement(commands.slice.presentUnderMandate, {
  load: async (tx, { request }) => {
    // The presentment stands where the mandate does, in the holder's book, although the bank drew its id.
    tx.draw('presentment', request.presentmentId, registerOf(request.mandateId));
    const [first = ''] = request.sliceIds;
    for (const id of request.mergedIds ?? []) tx.draw('slice', id, registerOf(first));
    return {
      mandate: await openMandate(tx, request.mandateId),
      slices: await openSlices(tx, request.sliceIds),
      ...rulesOfPresenting(),
    };
  },
  // The holder has asked for it by its mandate. The payee's bank has not.
  enters: ({ mandate }) => [mandate.record.payeeBankMsp],
  actor: ({ mandate: { bank, record } }) => ({ party: bank, mspId: record.bankMsp }),
  decide: ({ request: { presentmentId: id, mergedIds } }, { mandate, ...facts }) => {
    const { account, payeeBank } = mandate.record;
    assertInTime(mandate, facts.today);
    eachItem(facts.slices, (held) => {
      assertMandated(held, mandate);
    });
    const into = { account, payeeBank, mandateId: mandate.id };
    const presenting = { id, step: 'presentUnderMandate' as const, into, mergedIds };
    return presented(presenting, { ...facts, payeeBank: mandate.payeeBank });
  },
});
