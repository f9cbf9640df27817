/** `slice:presentUnderMandate` */
import { assertInTime, assertMandated } from '../../domain/mandates.js';
import { eachItem } from '../../domain/items.js';
import { announced, presented } from '../../domain/presenting.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import type { Consolidating } from '../../domain/consolidations.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { consolidationIdOf } from '../../ledger/keys.js';
import { openConsolidation, openMandate, openSlices } from '../loaders.js';
import { rulesOfPresenting } from './rulesOfPresenting.js';

export const presentUnderMandate = implement(commands.slice.presentUnderMandate, {
  load: async (tx, { request, secret }) => {
    // The presentment stands where the mandate does, in the holder's book, although the bank drew its id.
    tx.draw('presentment', request.presentmentId, registerOf(request.mandateId));
    const [first = ''] = request.sliceIds;
    for (const id of request.mergedIds ?? []) tx.draw('slice', id, registerOf(first));
    if (secret.announced !== undefined) {
      tx.expectAbsent('payment', secret.announced.uetr, registerOf(first), 'UETR_USED');
      tx.expectAbsent('remittance', request.presentmentId, registerOf(first), 'PAYMENT_PENDING');
    }
    return {
      mandate: await openMandate(tx, request.mandateId),
      slices: await openSlices(tx, request.sliceIds),
      consolidations: await openConsolidations(tx, request.mergedIds === undefined ? [] : request.sliceIds),
      ...rulesOfPresenting(),
    };
  },
  // The holder has asked for it by its mandate. The payee's bank has not.
  enters: ({ mandate }) => [mandate.record.payeeBankMsp],
  actor: ({ mandate: { bank, record } }) => ({ party: bank, mspId: record.bankMsp }),
  decide: ({ request: { presentmentId: id, mergedIds }, secret }, { mandate, ...facts }) => {
    const { account, payeeBank } = mandate.record;
    assertInTime(mandate, facts.today);
    eachItem(facts.slices, (held) => {
      assertMandated(held, mandate);
    });
    const into = { account, payeeBank, mandateId: mandate.id };
    const presenting = { id, step: 'presentUnderMandate' as const, into, mergedIds };
    const writes = presented(presenting, { ...facts, payeeBank: mandate.payeeBank });
    return secret.announced === undefined ? writes : [...writes, ...announced(secret.announced, id, facts.slices)];
  },
});

/** What is said already of the holder's slices of each certificate. */
async function openConsolidations(
  tx: LedgerTransaction,
  sliceIds: readonly string[],
): Promise<ReadonlyMap<string, Consolidating>> {
  const said = new Map<string, Consolidating>();
  for (const sliceId of sliceIds) {
    const { record } = await tx.open('slice', sliceId);
    if (said.has(record.certificateId)) continue;
    said.set(record.certificateId, { id: consolidationIdOf(record), before: await openConsolidation(tx, record) });
  }
  return said;
}
