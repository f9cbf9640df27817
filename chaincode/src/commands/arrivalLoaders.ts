/** The only way to open what has been paid of a demand so far. */
import type { Arrival } from '../domain/payments.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import type { Presentment } from '../protocol/records/index.js';
import { hasLeft, stands } from './standing.js';

/** Payments of one demand, as the marks name them. */
interface Marked {
  /** Those of the receipt: both banks have endorsed that they were attested. */
  readonly received: readonly string[];
  /** Those that the payer's bank has reported. */
  readonly reported: readonly string[];
}

/**
 * Opens what both banks say of these payments. One that came back does not count: this is read from the ledger, because the caller could leave it out. An attestation
 * that the receipt names has to be shown. Another one is not asked for: the payee's bank could write one by itself, show it to nobody, and so hold up who has to open it. What
 * a payee's bank attested that has left does not count any more; what the payer's bank reported does.
 */
export async function openArrivals(
  tx: LedgerTransaction,
  { received, reported }: Marked,
  { bankMsp, payeeBankMsp }: Pick<Presentment, 'bankMsp' | 'payeeBankMsp'>,
): Promise<readonly Arrival[]> {
  const arrivals: Arrival[] = [];
  const isAsked = !(await hasLeft(tx, payeeBankMsp));
  for (const paymentId of new Set([...received, ...reported])) {
    if (await stands(tx, 'return', paymentId, payeeBankMsp)) continue;
    const isKnown = received.includes(paymentId) && (await stands(tx, 'attestation', paymentId, payeeBankMsp));
    const attestation = isAsked && isKnown ? await tx.open('attestation', paymentId, payeeBankMsp) : undefined;
    const payment = reported.includes(paymentId) ? await tx.openIfShown('payment', paymentId, bankMsp) : undefined;
    arrivals.push({ paymentId, payment: payment?.record, attestation: attestation?.record });
  }
  return arrivals;
}
