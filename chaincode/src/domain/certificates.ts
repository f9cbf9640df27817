/** Writes that several commands of a certificate share. */
import { put, type Write } from './decision.js';
import type { ConfirmedCertificate } from './vouched.js';

/** Confirms certificates. The bank's consent comes from its checker, or from the line if it is automatic. */
export function confirmations(ids: readonly string[], lineId: string, by: 'BANK' | 'LINE'): Write[] {
  return ids.map((id) =>
    put('confirmation', id, { schema: 'tenor.confirmation/1', id, outcome: 'CONFIRMED', by, lineId }),
  );
}

/** Ends a certificate for good. */
export function ended({ id, payee }: ConfirmedCertificate, state: 'SETTLED' | 'UNWOUND'): Write {
  const payeeMsp = payee.mspId;
  return put('status', id, { schema: 'tenor.status/1', id, state, payeeMsp });
}
