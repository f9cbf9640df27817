/**
 * Slices that wait for a batch, or that secure a loan, on five organisations: how such a state is reached with every peer up, and how the others go on
 * when one side is silent. The second bank is where the money of a batch comes in, and it is who lends against a pledge.
 */
import type { Receipt } from '@tenor/client';
import {
  agree,
  allocate,
  approve,
  attest,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  underFourEyes,
} from '../support/batches.js';
import { LEI, type World } from '../support/world.js';
import { MORE } from './lifecycleParties.js';

/** A slice in a batch. */
export interface Allocated {
  readonly legId: string;
  readonly legIds: readonly string[];
}

/** When the batch ends, and whether its money has come. */
interface Stand {
  readonly expiresOn: string;
  readonly isPaid: boolean;
}

/** The supplier's slice is to pass to the contractor, against money that comes to the supplier's account at the second bank. The batch is agreed. */
export async function allocated(world: World, sliceId: string, { expiresOn, isPaid }: Stand): Promise<Allocated> {
  const legId = world.newId('bank', 'supplier');
  const price = moneyLeg(world, {
    ...{ what: 'CREDIT', from: 'contractor', to: 'supplier', payerBank: 'bank', payeeBank: 'operator' },
    ...{ currency: 'USD', amount: '24' },
  });
  const legIds = [legId, price.legId];
  await allocate(world, 'supplier', { sliceId, legId, to: 'contractor', inReturn: price.legId }, legIds, { expiresOn });
  await instruct(world, price, legIds, { payeeBank: MORE.secondBank, expiresOn });
  for (const name of ['supplier', 'contractor'] as const) await approve(world, name, legIds);
  await agree(world, 'supplier', legIds);
  if (isPaid) {
    const payment = paymentOf(price);
    await report(world, 'bank', payment);
    await attest(world, 'operator', payment, {}, MORE.secondBank);
  }
  return { legId, legIds };
}

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
