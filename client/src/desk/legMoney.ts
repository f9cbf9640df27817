/** What the parties of one organisation owe and are owed by the legs of batches, from its own book alone, and which slices batches pay. */
import type { BookRecord, Slice } from '../../../chaincode/src/protocol/records/index.js';
import { byId, type CountedRecords } from './counted.js';
import { dueOf, type LegDue, type LegWait, type StagedLeg } from './legStages.js';
import { grouped } from './sums.js';

/** Money of legs of one currency, day and pair of parties. */
export interface MoneyDue {
  /** The day on which the money is to be there: the value date if one was agreed, the last day of the batch, or the day on which it went back. */
  readonly date: string;
  readonly currency: string;
  /** Whether this day has come. */
  readonly isDue: boolean;
  readonly party: string;
  readonly counterparty: string;
  /** What comes next: `LEG_WAITS` says who does it, and by which call. */
  readonly waitsFor: LegWait;
  readonly count: number;
  readonly amount: bigint;
  readonly legIds: readonly string[];
}

/** What is only instructed, with its direction. */
export interface MoneyInstructed extends MoneyDue {
  readonly side: 'TO' | 'BY';
}

/** Money of legs of batches. */
export interface LegMoney {
  /** Owed to own parties. */
  readonly owedTo: readonly MoneyDue[];
  /** Owed by own parties; by own banks where a committed batch orders them to send what they have blocked. */
  readonly owedBy: readonly MoneyDue[];
  /** Of batches that are not agreed, or of which the own book does not tell. Nothing is owed by them yet. */
  readonly instructed: readonly MoneyInstructed[];
  /** What own banks keep blocked until the batch is committed, or have to free. */
  readonly blocked: readonly MoneyDue[];
}

const DUE_KEYS = ['date', 'currency', 'party', 'counterparty', 'waitsFor'] as const;

/** Whether a leg is no obligation: merely instructed, or not known to have become one. */
const isApart = ({ stage }: StagedLeg): boolean => stage === 'INSTRUCTED' || stage === 'UNTOLD';

/** Who has to pay: the payer, or its bank once the batch is committed, which is the order to release what was blocked. */
function debtorOf({ leg, stage }: StagedLeg, waitsFor: LegWait): readonly [party: string, mspId: string] {
  const { sender, senderMsp, what, cash } = leg;
  const isOrdered = what === 'BLOCK' && stage === 'COMMITTED' && waitsFor !== 'REPAYMENT' && cash !== undefined;
  return isOrdered ? [cash.payerBank, cash.payerBankMsp] : [sender, senderMsp];
}

/** What own parties owe and are owed by legs of money. */
export function legMoneyOf(staged: readonly StagedLeg[], mspId: string, asOf: string): LegMoney {
  const sides = staged.flatMap((each) => sidesOf(each, mspId, asOf));
  const owed = sides.filter(({ isOwed }) => isOwed).map(({ isOwed: _is, ...side }) => side);
  const apart = sides.filter(({ isOwed }) => !isOwed).map(({ isOwed: _is, ...side }) => side);
  const ofSide = (wanted: 'TO' | 'BY'): readonly MoneyDue[] =>
    grouped(
      owed.filter(({ side }) => side === wanted).map(({ side: _side, ...due }) => due),
      DUE_KEYS,
    );
  return {
    ...{ owedTo: ofSide('TO'), owedBy: ofSide('BY'), instructed: grouped(apart, [...DUE_KEYS, 'side']) },
    blocked: grouped(
      staged.flatMap((each) => blockedBy(each, mspId, asOf)),
      DUE_KEYS,
    ),
  };
}

type Side = MoneyInstructed & { readonly isOwed: boolean };

/** A leg as each own party sees it. Both sides may be own parties. */
function sidesOf(staged: StagedLeg, mspId: string, asOf: string): readonly Side[] {
  const { leg } = staged;
  const due = leg.cash === undefined ? undefined : dueOf(staged, mspId);
  if (due === undefined) return [];
  const [debtor, debtorMsp] = debtorOf(staged, due.waitsFor);
  const money = moneyOf(leg, due, asOf);
  const isOwed = !isApart(staged);
  const to: Side = { ...money, party: leg.receiver, counterparty: debtor, side: 'TO', isOwed };
  const by: Side = { ...money, party: debtor, counterparty: leg.receiver, side: 'BY', isOwed };
  return [...(leg.receiverMsp === mspId ? [to] : []), ...(debtorMsp === mspId ? [by] : [])];
}

function moneyOf(
  { id, currency, cash, expiresOn }: BookRecord<'leg'>,
  { waitsFor, amount, on }: LegDue,
  asOf: string,
): Omit<MoneyDue, 'party' | 'counterparty'> {
  const date = on ?? cash?.valueDate ?? expiresOn;
  return { date, currency, isDue: date <= asOf, waitsFor, count: 1, amount: BigInt(amount), legIds: [id] };
}

/** What an own bank has blocked and neither sent nor freed. */
function blockedBy(staged: StagedLeg, mspId: string, asOf: string): readonly MoneyDue[] {
  const { leg, stage, proof } = staged;
  if (proof !== 'BLOCKED' || leg.cash?.payerBankMsp !== mspId || stage === 'COMMITTED') return [];
  const waitsFor = stage === 'ENDED' ? 'UNBLOCK' : (dueOf(staged, mspId)?.waitsFor ?? 'COMMITMENT');
  const money = moneyOf(leg, { waitsFor, amount: leg.amount }, asOf);
  return [{ ...money, party: leg.cash.payerBank, counterparty: leg.sender }];
}

/** What batches do with slices that the own book has as they were before. */
export interface LegSlices {
  /** Whether an agreed batch pays the slice: its money is counted by the batch, and not once more by the slice. */
  readonly isPaidBy: (slice: Slice) => boolean;
  /** Whether the batch that pays the slice is committed, so that nobody can ask for it any more. */
  readonly isClosed: (slice: Slice) => boolean;
  /** Whose the slice is: the receiver's, once its batch is committed. */
  readonly holderOf: (slice: Slice) => Pick<Slice, 'holder' | 'holderMsp'>;
}

/** Slices that are locked for legs of agreed and committed batches. */
export function legSlices(staged: readonly StagedLeg[]): LegSlices {
  const legs = new Map(staged.map((each) => [each.leg.id, each]));
  const lockedFor = ({ lock }: Slice): StagedLeg | undefined =>
    lock?.kind === 'SETTLEMENT' ? legs.get(lock.id) : undefined;
  const isSurrendered = (slice: Slice, stages: readonly StagedLeg['stage'][]): boolean => {
    const found = lockedFor(slice);
    return found !== undefined && found.leg.what === 'SURRENDER' && stages.includes(found.stage);
  };
  return {
    isPaidBy: (slice) => isSurrendered(slice, ['AGREED', 'COMMITTED']),
    isClosed: (slice) => isSurrendered(slice, ['COMMITTED']),
    holderOf: (slice) => {
      const found = lockedFor(slice);
      const isHandedOver = found?.leg.what === 'SLICE' && found.stage === 'COMMITTED';
      return isHandedOver ? { holder: found.leg.receiver, holderMsp: found.leg.receiverMsp } : slice;
    },
  };
}

/** What agreed batches pay of certificates, as far as it is not counted against the face yet, by the certificate. */
export function settlingOf(
  { slice, redeemed }: CountedRecords,
  { isPaidBy }: LegSlices,
): (certificateId: string) => bigint {
  const counted = byId(redeemed);
  const sums = new Map<string, bigint>();
  for (const each of slice) {
    if (!isPaidBy(each) || counted.has(each.id)) continue;
    sums.set(each.certificateId, (sums.get(each.certificateId) ?? 0n) + BigInt(each.amount));
  }
  return (certificateId) => sums.get(certificateId) ?? 0n;
}
