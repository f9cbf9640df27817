/** `slice:split` */
import { put, unsalted } from '../../domain/decision.js';
import { assertBeforeDue, assertSlice } from '../../domain/lifecycle.js';
import { isEqual, money, moneyOf, sum } from '../../domain/money.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import type { Slice } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openSlice } from '../loaders.js';

export const split = implement(commands.slice.split, {
  load: async (tx, { request }) => {
    for (const id of request.partIds) tx.draw('slice', id, registerOf(request.sliceId));
    return { held: await openSlice(tx, request.sliceId) };
  },
  actor: ({ held: { holder, slice } }) => ({ party: holder, mspId: slice.record.holderMsp }),
  decide: ({ request, secret }, { held, today }) => {
    const whole = held.slice.record;
    const terms = held.certificate.terms.record;
    assertSlice('split', whole, today);
    assertBeforeDue(terms, today);
    assertParts(whole, request.partIds, secret.amounts, terms.maxChildren);
    const rest = { ...unsalted(whole), lock: null };
    const parts = request.partIds.map((id, index) =>
      put('slice', id, { ...rest, id, parentId: whole.id, amount: secret.amounts[index] ?? '', state: 'FREE' }),
    );
    return [put('slice', whole.id, { ...rest, state: 'SPENT', children: [...request.partIds] }), ...parts];
  },
});

function assertParts(whole: Slice, ids: readonly string[], amounts: readonly string[], maxChildren: number): void {
  const { currency } = whole;
  if (ids.length < 2 || ids.length > maxChildren) throw new TenorError('CHILDREN_EXCEEDED');
  const total = sum(
    currency,
    amounts.map((amount) => money(currency, amount)),
  );
  if (amounts.length !== ids.length || !isEqual(total, moneyOf(whole))) throw new TenorError('SUM_MISMATCH');
}
