/** Who looks after a claim: its issuer or its bank, whichever of them calls. */
import type { Actor } from '../../domain/callers.js';
import type { Vouched } from '../../domain/vouched.js';

export function issuerOrBank(facts: { readonly claim: Vouched<'claim'>; readonly callerMsp: string }): Actor {
  const { bank, issuer } = facts.claim;
  const party = facts.callerMsp === bank.mspId ? bank : issuer;
  return { party, mspId: party.mspId };
}
