/** `slice:present` */
import { assertAlike, totalOf } from '../../domain/batch.js';
import { put, unsalted } from '../../domain/decision.js';
import { NO_DEPARTURES } from '../../domain/departures.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { assertDue, assertSlice } from '../../domain/lifecycle.js';
import { digitsOf } from '../../domain/money.js';
import { assertRole } from '../../domain/parties.js';
import { otherSideOf, standInFor } from '../../domain/presentments.js';
import { policyOn } from '../../domain/submission.js';
import { partyOf, Pending } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openSlices } from '../loaders.js';

export const present = implement(commands.slice.present, {
  load: async (tx, { request, secret }) => {
    tx.draw('presentment', request.presentmentId, tx.mspId);
    return {
      slices: await openSlices(tx, request.sliceIds),
      payeeBank: partyOf(secret.payeeBank),
      policies: new Pending([['policies']], (registry) => registry.find('policies')),
      departures: new Pending([['departures']], (registry) => registry.find('departures') ?? NO_DEPARTURES),
    };
  },
  enters: ({ slices, payeeBank }) => [firstOf(slices).certificate.terms.record.bankMsp, payeeBank.mspId],
  actor: ({ slices }) => {
    const { holder, slice } = firstOf(slices);
    return { party: holder, mspId: slice.record.holderMsp };
  },
  decide: ({ request, secret }, { slices, payeeBank, policies, departures, today }) => {
    const first = firstOf(slices);
    const { bank, bankMsp, issuerMsp } = first.certificate.terms.record;
    const { holder, holderMsp, currency } = first.slice.record;
    assertRole(payeeBank, 'bank');
    const locked = eachItem(slices, (held) => {
      assertAlike(held, first);
      assertSlice('present', held.slice.record, today);
      assertDue(held.certificate.terms.record, today);
      return held.slice.record;
    });
    const amount = totalOf(locked);
    const id = request.presentmentId;
    const leaving = departures.organizations.map(({ mspId }) => mspId);
    const standIn =
      payeeBank.mspId === bankMsp
        ? standInFor(policyOn(policies, today), [bankMsp, issuerMsp, holderMsp, ...leaving])
        : undefined;
    const sides = { payeeBankMsp: payeeBank.mspId, ...(standIn === undefined ? {} : { standIn }) };
    const lock = { kind: 'PRESENTMENT' as const, id, counterpartyMsp: otherSideOf(sides) };
    return [
      put('presentment', id, {
        ...{ schema: 'tenor.presentment/1', id, holder, holderMsp, bank, bankMsp },
        ...{ ...secret, ...sides, currency, amount: digitsOf(amount), presentedOn: today },
        sliceIds: [...request.sliceIds],
        state: 'OPEN',
      }),
      ...locked.map((slice) => put('slice', slice.id, { ...unsalted(slice), state: 'PRESENTED', lock })),
    ];
  },
});
