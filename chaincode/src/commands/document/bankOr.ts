/** Who acts where the bank can, or another party: whichever of them calls. An organisation that hosts both acts for the bank. */
import type { Actor } from '../../domain/callers.js';
import type { Party } from '../../domain/parties.js';

export function bankOr(other: Party, bank: Party, callerMsp: string): Actor {
  const party = callerMsp === bank.mspId ? bank : other;
  return { party, mspId: party.mspId };
}
