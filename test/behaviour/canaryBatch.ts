/** The batch of the canary deal: a part of the certificate against money, with a price and an account that are easy to recognise. */
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
import type { World } from '../support/world.js';

/** The slice, what the batch keeps secret about it, and how a call is made that must be refused. */
interface Traded {
  readonly sliceId: string;
  readonly price: string;
  readonly account: string;
  readonly expiresOn: string;
  readonly refuse: (call: Promise<unknown>) => Promise<void>;
}

/** The supplier's slice passes to the contractor, against money that the bank moves from the one to the other. */
export async function tradeCanary(world: World, { sliceId, price, account, expiresOn, refuse }: Traded): Promise<void> {
  const legId = world.newId('bank', 'supplier');
  const cash = moneyLeg(world, {
    ...{ what: 'CREDIT', from: 'contractor', to: 'supplier', payerBank: 'bank', payeeBank: 'bank' },
    ...{ currency: 'USD', amount: price },
  });
  const legIds = [legId, cash.legId];
  const paidInto = { scheme: 'OTHER', id: account } as const;
  await allocate(world, 'supplier', { sliceId, legId, to: 'contractor', inReturn: cash.legId }, legIds, { expiresOn });
  await instruct(world, cash, legIds, { account: paidInto, expiresOn });
  for (const name of ['supplier', 'contractor'] as const) await approve(world, name, legIds);
  await agree(world, 'supplier', legIds);
  const payment = paymentOf(cash);
  await report(world, 'bank', payment);
  await refuse(attest(world, 'bank', { ...payment, amount: `${price}1` }, { account: paidInto }));
  await attest(world, 'bank', payment, { account: paidInto });
  // The payer has its account at this bank too, so the payee says that it has the money, unless its organisation has said so as its bank.
  if (!world.together('supplier', 'bank'))
    await underFourEyes(world, 'supplier', 'cash:acknowledge', { legId: cash.legId });
  const { checker } = world.people('contractor');
  await checker.batch.commit({ legIds });
  await checker.slice.complete({ sliceId, legId });
}
