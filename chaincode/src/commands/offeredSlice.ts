/** Loading and checks that accepting and declining an offered slice share. */
import type { Actor } from '../domain/callers.js';
import type { Party } from '../domain/parties.js';
import type { HeldSlice } from '../domain/vouched.js';
import type { Pending } from '../ledger/pending.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import { TenorError } from '../protocol/errors.js';
import type { Slice } from '../protocol/records/index.js';
import { openSlice } from './loaders.js';

/** A slice, and the party to which it is offered. */
export interface OfferedSlice extends HeldSlice {
  readonly lock: Extract<Slice['lock'], { kind: 'TRANSFER' }>;
  readonly transferee: Party;
}

/** Opens a slice that is offered under this transfer id. @throws TenorError STATE */
export async function openOfferedSlice(
  tx: LedgerTransaction,
  { sliceId, transferId }: { readonly sliceId: string; readonly transferId: string },
): Promise<Pending<OfferedSlice>> {
  const held = await openSlice(tx, sliceId);
  const { lock, state } = (await tx.open('slice', sliceId)).record;
  if (lock?.kind !== 'TRANSFER' || lock.id !== transferId) throw new TenorError('STATE', { state, sliceId });
  return held.map(
    (fact, registry) => ({ ...fact, lock, transferee: registry.get('party', lock.counterparty, 'PARTY_UNKNOWN') }),
    [['party', lock.counterparty]],
  );
}

/** The transferee acts, in the organisation that the offer names. */
export const transferee = ({ offered }: { readonly offered: OfferedSlice }): Actor => ({
  party: offered.transferee,
  mspId: offered.lock.counterpartyMsp,
});
