/** The way of a presentment to its proof: presented, paid, attested and acknowledged, each word of payee and payee's bank under four eyes. */
import { acknowledgeInput, attestInput, paymentOf, presentInput, reportInput } from '../../test/deal/inputs.js';
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
  const payee = { party: supplier.party, expiresOn: date };
  const presentment = presentInput(cast, 'supplier', sliceIds);
  await supplier.maker.tenor.ticket.prepare('slice:present', presentment, payee);
  await supplier.checker.tenor.slice.present(presentment);
  const payment = paymentOf(presentment, String(each * sliceIds.length));
  await bank.checker.tenor.payment.report(reportInput(payment));
  const credit = attestInput(cast, payment);
  await bank.maker.tenor.ticket.prepare('payment:attest', credit, { party: bank.party, expiresOn: date });
  await bank.checker.tenor.payment.attest(credit);
  const acknowledgement = acknowledgeInput(cast, 'supplier', payment);
  await supplier.maker.tenor.ticket.prepare('presentment:acknowledge', acknowledgement, payee);
  await supplier.checker.tenor.presentment.acknowledge(acknowledgement);
  const { presentmentId, uetr } = payment;
  return { presentmentId, uetr, sliceIds };
}
