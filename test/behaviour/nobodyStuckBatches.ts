/**
 * Slices that wait for a batch, or that secure a loan, on five organisations: how such a state is reached with every peer up, and how the others go on
 * when one side is silent. The second bank is where the money of a batch comes in, and it is who lends against a pledge.
 */
import { sheetRowOf, type Receipt } from '@tenor/client';
import {
  agree,
  allocate,
  approve,
  attest,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  standInFor,
  underFourEyes,
  type LegPayment,
} from '../support/batches.js';
import { LEI, type World } from '../support/world.js';
import { MORE } from './lifecycleParties.js';

/** A slice in a batch, and what pays for it. */
export interface Allocated {
  readonly legId: string;
  readonly legIds: readonly string[];
  readonly payment: LegPayment;
}

/** When the batch ends, whether its money has come, and whether payer and payee share the bank. */
interface Stand {
  readonly expiresOn: string;
  readonly isPaid: boolean;
  readonly sharesBank: boolean;
}

/**
 * The supplier's slice is to pass to the contractor, against money that comes to the supplier's account at the second bank, or at the bank that the payer has too. The
 * batch is agreed. The money is instructed first, so that the slice is locked for its stand-in where it has one.
 */
export async function allocated(
  world: World,
  sliceId: string,
  { expiresOn, isPaid, sharesBank }: Stand,
): Promise<Allocated> {
  const legId = world.newId('bank', 'supplier');
  const payeeBank = sharesBank ? 'bank' : 'operator';
  const party = sharesBank ? LEI.bank : MORE.secondBank;
  const price = moneyLeg(world, {
    ...{ what: 'CREDIT', from: 'contractor', to: 'supplier', payerBank: 'bank', payeeBank },
    ...{ currency: 'USD', amount: '24' },
  });
  const legIds = [legId, price.legId];
  await instruct(world, price, legIds, { payeeBank: party, expiresOn });
  const counterValue = sheetRowOf(await world.people('supplier').checker.book.leg.get(price.legId));
  const slice = { sliceId, legId, to: 'contractor', inReturn: price.legId } as const;
  await allocate(world, 'supplier', slice, legIds, { expiresOn, counterValue });
  for (const name of ['supplier', 'contractor'] as const) await approve(world, name, legIds);
  await agree(world, 'supplier', legIds);
  const payment = paymentOf(price);
  if (isPaid) {
    await report(world, 'bank', payment);
    await attest(world, payeeBank, payment, {}, party);
  }
  return { legId, legIds, payment };
}

/** The second bank, which has no part in the batch, says that the silent payee has the money. */
export const standInAlone = (world: World, { payment: { legId, uetr } }: Allocated): Promise<Receipt> =>
  standInFor(world, 'operator', { legId, uetr, payeeBank: 'bank' }, MORE.secondBank);

/** The supplier's slice secures what the second bank lends until a day, and the batch that did it is over. */
export async function pledged(world: World, sliceId: string, pledgedUntil: string): Promise<void> {
  const legId = world.newId('bank', 'supplier');
  const loan = moneyLeg(world, {
    ...{ what: 'CREDIT', from: 'operator', to: 'supplier', payerBank: 'operator', payeeBank: 'bank' },
    ...{ currency: 'USD', amount: '20' },
  });
  const [legIds, expiresOn, lender] = [[legId, loan.legId], world.date, MORE.secondBank];
  const slice = { sliceId, legId, to: 'operator', inReturn: loan.legId } as const;
  await allocate(world, 'supplier', slice, legIds, { what: 'PLEDGE', receiver: lender, pledgedUntil, expiresOn });
  await instruct(world, loan, legIds, { sender: lender, payerBank: lender, expiresOn });
  await approve(world, 'supplier', legIds);
  await approve(world, 'operator', legIds, lender);
  await agree(world, 'supplier', legIds);
  const payment = paymentOf(loan);
  await report(world, 'operator', payment);
  await attest(world, 'bank', payment);
  // The bank that states the credit keeps the slice too, so the payee says that it has the money.
  await underFourEyes(world, 'supplier', 'cash:acknowledge', { legId: loan.legId });
  const { checker } = world.people('supplier');
  await checker.batch.commit({ legIds });
  await checker.slice.complete({ sliceId, legId });
}

/** The receiver commits the batch, in the books of its registers alone. */
export const commitAlone = (world: World, { legIds }: Allocated): Promise<Receipt> =>
  world.people('contractor').checker.batch.commit({ legIds: [...legIds], books: 'register' });

/** The bank hands the slice over, because the commitment stands in its book and in no copy of the receiver; the holder's book is not written. */
export const completeAlone = (world: World, sliceId: string, { legId }: Allocated): Promise<Receipt> =>
  world.people('bank').checker.slice.complete({ sliceId, legId, books: 'register' });

/** The holder takes the slice back. */
export const releaseAlone = (world: World, sliceId: string, { legId }: Allocated): Promise<Receipt> =>
  world.people('supplier').checker.slice.release({ sliceId, legId });

/** The pledgee takes the slice; the former holder's book is not written. */
export const realiseAlone = (world: World, sliceId: string): Promise<Receipt> =>
  underFourEyes(world, 'operator', 'slice:realise', { sliceId, books: 'register' }, MORE.secondBank);

/** Who holds a slice, by name. */
export function nameOf(world: World, holder: string): string {
  if (holder === MORE.secondBank) return 'second bank';
  return world.parties.find((name) => LEI[name] === holder) ?? holder;
}
