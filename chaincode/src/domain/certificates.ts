/** Writes that several verbs of a certificate share. */
import { put, type Write } from './decision.js';
import type { ConfirmedCertificate } from './vouched.js';

/** Certificates that were confirmed: the bank's word, by its checker or by the standing permission of the line. */
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
