/** Slices of which a payment came back, and what succeeds them. */
import type { Successors } from '../domain/returns.js';
import type { HeldSlice } from '../domain/vouched.js';
import { sha256 } from '../ledger/codec.js';
import type { Pending } from '../ledger/pending.js';
import type { BookRef, LedgerTransaction } from '../ledger/transaction.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import { openSlice } from './loaders.js';
import { stands } from './standing.js';

/**
 * Ids of what succeeds a slice when this payment comes back. They follow from the two, so that nobody has to count beforehand how many there will be.
 * The bank is named as their drawer: nobody else can use them first.
 */
export function successorsOf(sliceId: string, paymentId: string): Successors {
  const bankMsp = registerOf(sliceId);
  const idOf = (what: string): string => `${bankMsp}~${bankMsp}~${sha256([what, sliceId, paymentId].join(' '))}`;
  return { owed: idOf('owed'), kept: idOf('kept') };
}

/** A slice, and whether the issuer's book has it as counted against the face. */
export interface Standing extends HeldSlice {
  readonly isCounted: boolean;
}

/**
 * The slices of a presentment in their order, each that a payment took something away from together with the part that stayed paid. That part
 * is found by its id alone, so no record can lead in a circle.
 */
export async function openSucceeded(
  tx: LedgerTransaction,
  sliceIds: readonly string[],
): Promise<readonly Pending<Standing>[]> {
  await tx.foresee(...sliceIds.map((id): BookRef => ['slice', id]));
  const loaded: Pending<Standing>[] = [];
  for (const [index, first] of sliceIds.entries()) {
    await tx.item(index, async () => {
      for (let id: string | undefined = first; id !== undefined; id = await keptOf(tx, id))
        loaded.push((await openStanding(tx, id)).at(index));
    });
  }
  return loaded;
}

async function openStanding(tx: LedgerTransaction, id: string): Promise<Pending<Standing>> {
  const held = await openSlice(tx, id);
  const { certificateId } = (await tx.open('slice', id)).record;
  // The issuer need not say so: everybody sees the hash.
  const isCounted = await stands(tx, 'redeemed', id, drawerOf(certificateId));
  return held.map((fact) => ({ ...fact, isCounted }), []);
}

/** Id of what stayed paid of a slice that is RETURNED. */
async function keptOf(tx: LedgerTransaction, id: string): Promise<string | undefined> {
  const { state, returned, children } = (await tx.open('slice', id)).record;
  if (state !== 'RETURNED' || returned === undefined || children.length < 2) return undefined;
  return successorsOf(id, returned.paymentId).kept;
}
