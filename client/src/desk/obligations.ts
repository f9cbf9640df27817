/** What the parties of one organisation are owed and owe, by day and currency, from its own book alone. Amounts are whole minor units. */
import type { BookRecord, Slice, Terms } from '../../../chaincode/src/protocol/records/index.js';
import { byCertificate, byId, countedOf, isDischarged, sumOf, type CountedRecords, type SetAside } from './counted.js';
import type { Desk } from './desk.js';
import { legMoneyOf, legSlices, settlingOf, type LegMoney, type LegSlices } from './legMoney.js';
import { stagedLegs } from './legStages.js';
import { arrivedBy, partsOf, settlementStatus, type SettlementStatus } from './parts.js';
import { grouped } from './sums.js';

/** States in which a slice is still to be paid. An offer that lapsed is `FREE` again. */
export type OwedState = 'FREE' | 'OFFERED' | 'PLEDGED' | 'ALLOCATED' | 'PRESENTED' | 'ACKNOWLEDGED';

/** What one promise is about: who promised through which bank, in which currency, for which day. */
interface Promised {
  readonly issuer: string;
  readonly bank: string;
  readonly currency: string;
  /** The day of payment. */
  readonly paymentDate: string;
  /** Whether this day has come. */
  readonly isDue: boolean;
  readonly count: number;
}

/** What a holder is owed. */
export interface Receivable extends Promised {
  readonly holder: string;
  readonly state: OwedState;
  readonly amount: bigint;
}

/** What an issuer owes, or what a bank answers for if the issuer does not pay. */
export interface Payable extends Promised {
  readonly face: bigint;
  /** What is paid as far as the own book tells: an issuer learns it when paid slices are redeemed, the bank when they are discharged. */
  readonly paid: bigint;
  /** What agreed batches pay in its place. Their money is in `money`, so it is not counted once more here. */
  readonly settling: bigint;
  readonly open: bigint;
}

/** A presentment that is still to be discharged, and how far it is paid. */
export interface Presented {
  readonly presentmentId: string;
  readonly holder: string;
  readonly bank: string;
  readonly payeeBank: string;
  readonly currency: string;
  readonly amount: bigint;
  /** What has arrived and did not come back: what the payee's bank attested, or what the payer's bank reported before. All of it where the payee has acknowledged. */
  readonly arrived: bigint;
  readonly outstanding: bigint;
  readonly status: SettlementStatus;
}

/** How far a line is drawn. */
export interface LineUse {
  readonly lineId: string;
  readonly bank: string;
  readonly issuer: string;
  readonly currency: string;
  readonly limit: bigint;
  readonly utilised: bigint;
  /** Nothing where the line is in EXCESS. */
  readonly available: bigint;
  /** What is drawn beyond the limit because payments came back: the line is in EXCESS then, and confirms nothing new. */
  readonly excess: bigint;
  readonly expiresOn: string;
}

/** What the own book tells of money to come and to go. */
export interface Obligations {
  readonly asOf: string;
  /** Owed to own parties that hold slices. */
  readonly owedTo: readonly Receivable[];
  /** Owed by own parties that are issuers: confirmed certificates that are not paid in full. */
  readonly owedBy: readonly Payable[];
  /** What own parties that are banks have guaranteed and may have to pay themselves. */
  readonly contingent: readonly Payable[];
  /**
   * Presentments of own holders, and those that own banks pay or are paid for, of which a slice is not paid. A holder is told of each part only where its own bank is in its
   * organisation; else of all of it, once it has acknowledged.
   */
  readonly presented: readonly Presented[];
  /** Lines of own banks, and lines to own issuers. */
  readonly lines: readonly LineUse[];
  /** Money of legs of batches. */
  readonly money: LegMoney;
  /** Rows that count for nothing here. A copy that was superseded is no fault: the register has gone on. */
  readonly setAside: readonly SetAside[];
}

/** A certificate with what the book tells of it. */
interface Known {
  readonly terms: Terms;
  readonly face: BookRecord<'face'>;
  readonly status: BookRecord<'status'> | undefined;
  readonly redeemed: bigint;
  readonly discharged: bigint;
  readonly settling: bigint;
}

/** The slice's state on a day, if it is still to be paid. */
function owedState({ state, lock }: Slice, asOf: string): OwedState | undefined {
  if (state === 'SPENT' || state === 'PAID' || state === 'RETURNED') return undefined;
  const hasLapsed = state === 'OFFERED' && lock?.kind === 'TRANSFER' && lock.expiresOn < asOf;
  return hasLapsed ? 'FREE' : state;
}

const PROMISED = ['paymentDate', 'currency', 'issuer', 'bank'] as const;

const promisedBy = ({ issuer, bank, currency, paymentDate }: Terms, asOf: string): Promised => ({
  ...{ issuer, bank, currency, paymentDate },
  isDue: paymentDate <= asOf,
  count: 1,
});

/** Slices that own parties hold, or have been promised by a committed batch, without those that an agreed batch pays. */
function receivables(
  { slice, terms }: CountedRecords,
  { isPaidBy, holderOf }: LegSlices,
  { mspId, asOf }: { readonly mspId: string; readonly asOf: string },
): readonly Receivable[] {
  const termsOf = byId(terms);
  const owed = slice
    .filter((each) => holderOf(each).holderMsp === mspId && !isPaidBy(each))
    .flatMap((each): Receivable[] => {
      const [state, promise] = [owedState(each, asOf), termsOf.get(each.certificateId)];
      if (state === undefined || promise === undefined) return [];
      return [{ holder: holderOf(each).holder, ...promisedBy(promise, asOf), state, amount: BigInt(each.amount) }];
    });
  return grouped(owed, [...PROMISED, 'holder', 'state']);
}

/** Certificates that their bank confirmed and that have not ended. */
function standing(records: CountedRecords, batches: LegSlices): readonly Known[] {
  const settling = settlingOf(records, batches);
  const [termsOf, statusOf, totalsOf] = [byId(records.terms), byId(records.status), byId(records.totals)];
  const confirmed = new Set(records.confirmation.filter(({ outcome }) => outcome === 'CONFIRMED').map(({ id }) => id));
  const slicesOf = byCertificate(records.slice);
  return records.face.flatMap((face): Known[] => {
    const [terms, status] = [termsOf.get(face.id), statusOf.get(face.id)];
    if (terms === undefined || !confirmed.has(face.id)) return [];
    const paid = slicesOf(face.id).filter((slice) => slice.state === 'PAID' || batches.isClosed(slice));
    const redeemed = BigInt(totalsOf.get(face.id)?.paid ?? '0');
    return [{ terms, face, status, redeemed, discharged: sumOf(paid), settling: settling(face.id) }];
  });
}

/** Whether nobody can ask for payment any more: the payee never took the certificate. What is settled is paid, unless a payment came back since. */
function hasEnded({ status }: Known, asOf: string): boolean {
  if (status === undefined) return false;
  const hasLapsed = status.state === 'OFFERED' && (status.offerExpiresOn ?? '') < asOf;
  return hasLapsed || ['DECLINED', 'UNWOUND'].includes(status.state);
}

/** What of a certificate is paid, and what agreed batches pay. */
type Paying = (known: Known) => Pick<Payable, 'paid' | 'settling'>;

function payables(known: readonly Known[], asOf: string, payingOf: Paying): readonly Payable[] {
  const owed = known
    .filter((each) => !hasEnded(each, asOf))
    .map((each): Payable => {
      const face = BigInt(each.face.amount);
      const { paid, settling } = payingOf(each);
      return { ...promisedBy(each.terms, asOf), face, paid, settling, open: face - paid - settling };
    });
  return grouped(
    owed.filter(({ open }) => open > 0n),
    PROMISED,
  );
}

/** Presentments that are not discharged. */
function presentedIn(records: CountedRecords): readonly Presented[] {
  const slices = byId(records.slice);
  const acknowledged = byId(records.acknowledgement);
  const isPaid = (id: string): boolean => isDischarged(slices.get(id));
  return records.presentment
    .filter(({ state, sliceIds }) => state === 'OPEN' && !sliceIds.every(isPaid))
    .map((presentment): Presented => {
      const { id, holder, bank, payeeBank, currency } = presentment;
      const amount = BigInt(presentment.amount);
      const arrived = acknowledged.has(id) ? amount : arrivedBy(partsOf(presentment, records));
      const [outstanding, status] = [amount - arrived, settlementStatus(amount, arrived)];
      return { presentmentId: id, holder, bank, payeeBank, currency, amount, arrived, outstanding, status };
    });
}

const lineUse = ({ id, bank, issuer, currency, expiresOn, ...line }: BookRecord<'line'>): LineUse => {
  const [limit, utilised] = [BigInt(line.limit), BigInt(line.utilised)];
  const [available, excess] = limit < utilised ? [0n, utilised - limit] : [limit - utilised, 0n];
  return { lineId: id, bank, issuer, currency, limit, utilised, available, excess, expiresOn };
};

/**
 * What the own parties are owed and owe.
 * @param desk the own book, as `readDesk` reads it
 * @param options `asOf`: the day on which something is due or lapses; the book's business date unless another one is named
 */
export function obligationsOf(desk: Desk, { asOf = desk.businessDate }: { readonly asOf?: string } = {}): Obligations {
  const counted = countedOf(desk);
  const { records, setAside } = counted;
  const { mspId } = desk;
  const legs = stagedLegs(counted, asOf);
  const batches = legSlices(legs);
  const known = standing(records, batches);
  const isGuaranteed = ({ terms }: Known): boolean => terms.bankMsp === mspId && terms.mode === 'GUARANTEED';
  return {
    asOf,
    owedTo: receivables(records, batches, { mspId, asOf }),
    owedBy: payables(
      known.filter(({ terms }) => terms.issuerMsp === mspId),
      asOf,
      ({ redeemed, settling }) => ({ paid: redeemed, settling }),
    ),
    // A guarantee ends with the outcome, not before.
    contingent: payables(known.filter(isGuaranteed), asOf, ({ discharged }) => ({ paid: discharged, settling: 0n })),
    presented: presentedIn(records),
    lines: records.line.filter(({ bankMsp, issuerMsp }) => [bankMsp, issuerMsp].includes(mspId)).map(lineUse),
    money: legMoneyOf(legs, mspId, asOf),
    setAside,
  };
}
