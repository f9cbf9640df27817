/** Writes that several commands of a certificate share. */
import { put, type Write } from './decision.js';
import type { ConfirmedCertificate } from './vouched.js';

/** Confirms certificates. The bank's consent comes from its checker, or from the line if it is automatic. */
export function confirmations(ids: readonly string[], lineId: string, by: 'BANK' | 'LINE'): Write[] {
  return ids.map((id) =>
    put('confirmation', id, { schema: 'tenor.confirmation/1', id, outcome: 'CONFIRMED', by, lineId }),
  );
}

/** Revives a certificate that was settled by payments of which some came back. Only bank and issuer endorse that, so only the issuer takes a copy. */
export function revived({ id, payee, face }: ConfirmedCertificate): Write {
  const status = { schema: 'tenor.status/1' as const, id, state: 'ACTIVE' as const, payeeMsp: payee.mspId };
  return put('status', id, status, [face.record.issuerMsp]);
}

/** Ends a certificate for good. */
export function ended({ id, payee }: ConfirmedCertificate, state: 'SETTLED' | 'UNWOUND'): Write {
  const payeeMsp = payee.mspId;
  return put('status', id, { schema: 'tenor.status/1', id, state, payeeMsp });
}
