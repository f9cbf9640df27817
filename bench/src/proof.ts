/** The way of a presentment to its proof: presented, paid, attested under four eyes, acknowledged. */
import { attestInput, paymentOf, presentInput, reportInput } from '../../test/deal/inputs.js';
import type { Cast } from './people.js';

/** A presentment that can be discharged. */
export interface Proven {
  readonly presentmentId: string;
  readonly uetr: string;
  readonly sliceIds: readonly string[];
}

/** Presents due slices of the supplier, of `each` minor units, and proves that they are paid. @throws TenorError */
export async function prove(cast: Cast, sliceIds: string[], each: number): Promise<Proven> {
  const { bank, supplier, date } = cast;
  const payee = supplier.checker.tenor;
  const presentment = presentInput(cast, 'supplier', sliceIds);
  await payee.slice.present(presentment);
  const payment = paymentOf(presentment, String(each * sliceIds.length));
  await bank.checker.tenor.payment.report(reportInput(payment));
  const credit = attestInput(cast, payment);
  await bank.maker.tenor.ticket.prepare('payment:attest', credit, { party: bank.party, expiresOn: date });
  await bank.checker.tenor.payment.attest(credit);
  const { presentmentId, uetr } = payment;
  await payee.presentment.acknowledge({ presentmentId, uetr });
  return { presentmentId, uetr, sliceIds };
}
