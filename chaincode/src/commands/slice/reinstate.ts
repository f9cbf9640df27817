/** `slice:reinstate` */
import type { Opened } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { isEqual, moneyOf, sum } from '../../domain/money.js';
import { assertPresented } from '../../domain/presentments.js';
import { isWithin, portionsOf, succeeded, type Portion, type Successors } from '../../domain/returns.js';
import type { HeldSlice } from '../../domain/vouched.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, paymentIdOf, registerOf } from '../../protocol/identifiers.js';
import type { BookRecord } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openPresentment } from '../loaders.js';
import { openSucceeded, successorsOf } from '../successors.js';

export const reinstate = implement(commands.slice.reinstate, {
  load: async (tx, { request }) => {
    const { presentmentId: id } = request;
    const paymentId = paymentIdOf(request);
    const presentment = await openPresentment(tx, id);
    const { record } = await tx.open('presentment', id);
    return {
      presentment,
      // The issuer is not asked: it has to pay again.
      slices: await openSucceeded(tx, record.sliceIds),
      payment: await tx.open('payment', paymentId, record.bankMsp),
      returned: await tx.open('return', paymentId, record.payeeBankMsp),
    };
  },
  expect: (tx, { slices, returned }) => {
    for (const { slice } of takenFrom(slices, returned.record))
      for (const id of idsOf(successorsOf(slice.id, returned.id)))
        tx.expectAbsent('slice', id, registerOf(id), 'ID_TAKEN');
  },
  actor: ({ presentment: { bank, record } }) => ({ party: bank, mspId: record.bankMsp }),
  decide: ({ request }, { presentment, slices, payment, returned, today }) => {
    const standing = eachItem(slices, (held) => {
      assertPresented(held, presentment);
      const slice = held.slice.record;
      if (slice.state !== 'RETURNED') assertSlice('reinstate', slice, today);
      return slice;
    });
    const isUsed = standing.some((slice) => slice.returned?.paymentId === returned.id);
    if (isUsed) throw new TenorError('RETURN_USED', { paymentId: returned.id });
    for (const said of [payment.record, returned.record])
      if (demandIdOf(said) !== presentment.id) throw new TenorError('PAYMENT_MISMATCH');
    const portions = takenFrom(slices, returned.record);
    assertCameBack(portions, payment, returned);
    const { payeeBankMsp, holderMsp } = presentment.record;
    const readers = request.books === 'register' ? [] : [holderMsp];
    const counted = new Set(slices.filter(({ isCounted }) => isCounted).map(({ slice }) => slice.id));
    return portions.flatMap((portion) => {
      const { id } = portion.slice;
      const why = { paymentId: returned.id, payeeBankMsp, isCounted: counted.has(id) };
      return succeeded(portion, successorsOf(id, returned.id), why, readers);
    });
  },
});

const idsOf = ({ owed, kept }: Successors): readonly string[] => [owed, kept];

/** What a return takes from the slices that are still paid. In another currency it takes nothing. */
const takenFrom = (slices: readonly HeldSlice[], returned: BookRecord<'return'>): readonly Portion[] =>
  portionsOf(
    slices
      .map(({ slice }) => slice.record)
      .filter(({ state, currency }) => state === 'PAID' && currency === returned.currency),
    moneyOf(returned),
  );

/** A payment takes back what it had paid, and no more than it brought. @throws TenorError PAYMENT_MISMATCH */
function assertCameBack(portions: readonly Portion[], payment: Opened<'payment'>, { record }: Opened<'return'>): void {
  const isPaidBy = portions.every(({ slice }) => slice.paidBy?.includes(payment.id) === true);
  const back = sum(
    record.currency,
    portions.map((portion) => portion.back),
  );
  if (!isPaidBy || !isWithin(record, payment.record) || !isEqual(back, moneyOf(record)))
    throw new TenorError('PAYMENT_MISMATCH');
}
