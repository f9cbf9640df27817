/** Which slices the transfers of a deal take. `readDeal` judges a deal by the same plan that the demo then carries out. */
import { minor, type Deal, type DealCertificate, type DealTransfer } from './deal.js';

/** A slice of a certificate as the plan names it. */
export interface PlannedSlice {
  /** Name within its certificate; the root slice is `0`. */
  readonly name: string;
  /** Key of the holder. */
  readonly holder: string;
  /** Minor units. */
  readonly amount: bigint;
  /** Transfers since the certificate was accepted. */
  readonly tier: number;
}

/** A slice that is cut into what stays and what is passed on. */
export interface Cut {
  readonly whole: string;
  readonly kept: PlannedSlice;
}

/** One slice that changes hands, after its cut where only a part of a slice does. */
export interface Move {
  readonly slice: PlannedSlice;
  readonly cut?: Cut;
}

/** What one transfer does, and what everybody holds of its certificate after it. */
export interface PlannedTransfer {
  readonly moves: readonly Move[];
  readonly held: readonly PlannedSlice[];
}

/** The first slice of a certificate: all of it, in its payee's hand. */
export const rootOf = (certificate: DealCertificate): PlannedSlice => ({
  ...{ name: '0', holder: certificate.payee, amount: minor(certificate.amount), tier: 0 },
});

/** The largest of some slices; of equals the first. */
export function largestOf(slices: readonly PlannedSlice[]): PlannedSlice {
  const [first, ...others] = slices;
  if (first === undefined) throw new Error('a certificate has slices');
  return others.reduce((largest, slice) => (slice.amount > largest.amount ? slice : largest), first);
}

/** What is taken of a slice. */
interface Share {
  readonly of: PlannedSlice;
  readonly amount: bigint;
}

/** A slice of exactly the amount, else a part of the smallest that is larger, else several, the largest first. */
function sharesFor(own: readonly PlannedSlice[], amount: bigint): Share[] {
  const bySize = [...own].sort((one, other) => Number(other.amount > one.amount) - Number(other.amount < one.amount));
  const single = bySize.filter((slice) => slice.amount >= amount).at(-1);
  if (single !== undefined) return [{ of: single, amount }];
  const shares: Share[] = [];
  let missing = amount;
  for (const slice of bySize) {
    const taken = slice.amount < missing ? slice.amount : missing;
    if (taken > 0n) shares.push({ of: slice, amount: taken });
    missing -= taken;
  }
  return shares;
}

function moveOf({ of, amount }: Share): Move {
  if (of.amount === amount) return { slice: of };
  const kept = { ...of, name: `${of.name}.0`, amount: of.amount - amount };
  return { slice: { ...of, name: `${of.name}.1`, amount }, cut: { whole: of.name, kept } };
}

/**
 * Plans one transfer over what is held before it.
 * @returns undefined where the holder's slices, those left out that may not change hands again, are less than the amount
 */
function planTransfer(
  held: readonly PlannedSlice[],
  { from, to, amount }: DealTransfer,
  maxTier: number,
): PlannedTransfer | undefined {
  const own = held.filter(({ holder, tier }) => holder === from && tier < maxTier);
  const shares = sharesFor(own, minor(amount));
  if (shares.reduce((sum, share) => sum + share.amount, 0n) !== minor(amount)) return undefined;
  const moves = shares.map(moveOf);
  const touched = shares.map(({ of }) => of);
  return {
    moves,
    held: [
      ...held.filter((slice) => !touched.includes(slice)),
      ...moves.flatMap(({ cut }) => cut?.kept ?? []),
      ...moves.map(({ slice }) => ({ ...slice, holder: to, tier: slice.tier + 1 })),
    ],
  };
}

/** The plan of a deal. */
export interface TransferPlan {
  /** In the order of the transfers; ends early at one that cannot be made. */
  readonly transfers: readonly PlannedTransfer[];
  /** What is held in the end, by the key of the certificate. */
  readonly held: ReadonlyMap<string, readonly PlannedSlice[]>;
}

/** Plans all transfers of a deal. Where there are fewer planned transfers than transfers, the next one cannot be made. */
export function planTransfers(deal: Pick<Deal, 'certificates' | 'transfers' | 'policy'>): TransferPlan {
  const held = new Map<string, readonly PlannedSlice[]>(
    deal.certificates.map((certificate) => [certificate.key, [rootOf(certificate)]]),
  );
  const transfers: PlannedTransfer[] = [];
  for (const transfer of deal.transfers) {
    const planned = planTransfer(held.get(transfer.certificate) ?? [], transfer, deal.policy.maxTier);
    if (planned === undefined) break;
    transfers.push(planned);
    held.set(transfer.certificate, planned.held);
  }
  return { transfers, held };
}
