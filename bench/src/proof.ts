/** The way of a presentment to its proof: presented, paid, attested under four eyes, acknowledged. */
import { randomUUID } from 'node:crypto';
import type { Cast } from './people.js';

/** Account that is presented for. */
export const ACCOUNT = 'AU-063000-12345678';
const MESSAGE_HASH = 'ab'.repeat(32);

/** A presentment that can be discharged. */
export interface Proven {
  readonly presentmentId: string;
  readonly uetr: string;
  readonly sliceIds: readonly string[];
}

/** Presents due slices of the supplier, of `each` minor units, and proves that they are paid. @throws TenorError */
export async function prove({ bank, supplier, date }: Cast, sliceIds: string[], each: number): Promise<Proven> {
  const proven = { presentmentId: supplier.checker.tenor.newId(), uetr: randomUUID() };
  const { presentmentId } = proven;
  const payee = supplier.checker.tenor;
  await payee.slice.present({ presentmentId, sliceIds, account: ACCOUNT, payeeBank: bank.party });
  const money = { currency: 'USD', amount: String(each * sliceIds.length), messageHash: MESSAGE_HASH };
  await bank.checker.tenor.payment.report({ ...proven, ...money, status: 'ACCC' });
  const credit = { ...proven, ...money, account: ACCOUNT, ticketId: bank.maker.tenor.newId(), valueDate: date };
  await bank.maker.tenor.ticket.prepare('payment:attest', credit, { party: bank.party, expiresOn: date });
  await bank.checker.tenor.payment.attest(credit);
  await payee.presentment.acknowledge(proven);
  return { ...proven, sliceIds };
}
