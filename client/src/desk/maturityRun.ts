/**
 * The maturity run of a confirming bank: it presents what is due on a date by the mandates of the holders, has it paid, reports, discharges
 * and redeems. Where it was stopped does not matter: what is done stands on the ledger, and a run does what is left.
 *
 * No payment is sent before its UETR stands in the bank's book as announced (PDNG). From then on the holder cannot withdraw, no other run
 * announces another payment, and a later run goes on with the same UETR.
 */
import { randomUUID } from 'node:crypto';
import { registerOf, UETR_PATTERN } from '../../../chaincode/src/protocol/identifiers.js';
import { UNPAID_STATUSES, type BookRecord, type Slice } from '../../../chaincode/src/protocol/records/index.js';
import { TenorError, type ErrorCode } from '../errors.js';
import type { Input } from '../input.js';
import type { Receipt } from '../sender.js';
import type { Tenor } from '../tenor.js';
import { readDueBook, type DueBook, type DuePresentment } from './maturityBook.js';
import { netDue, type Netted, type NettingProgress } from './maturityNetting.js';
import {
  grouped,
  presentablesOf,
  redeemablesOf,
  weightsOf,
  type Countable,
  type Presentable,
  type Redeemable,
} from './maturityGroups.js';
import { arrivedBy, namedBy, type Part } from './parts.js';

type Presentment = BookRecord<'presentment'>;

/** One payment, as the bank's payment system needs it. */
export interface PaymentInstruction extends Pick<
  Presentment,
  'bank' | 'holder' | 'payeeBank' | 'account' | 'currency' | 'amount'
> {
  readonly presentmentId: string;
  readonly uetr: string;
}

/** What a message says of a payment: for example a pacs.002. */
export type PaymentSaid = Pick<Input<'payment:report'>, 'status' | 'messageHash'>;

/** The bank's payment system. */
export interface Payments {
  /** Makes the payment order, sends nothing, and answers the SHA-256 of the order's file. It may be asked again for an order that is never sent. */
  order(instruction: PaymentInstruction): Promise<string>;
  /**
   * Sends the order, and answers what is known of the payment. After a restart it is called again with the same UETR: it must not pay a UETR
   * twice, whoever used it first. It then answers the latest status.
   */
  pay(instruction: PaymentInstruction): Promise<PaymentSaid>;
}

/** The steps of a run. */
export type MaturityStep = 'present' | 'announce' | 'report' | 'discharge' | 'redeem';

/** A step that is done. */
export interface MaturityProgress {
  readonly step: MaturityStep;
  readonly sliceIds: readonly string[];
  /** How many due slices these stand for: one slice is presented of all that a holder has of a certificate. */
  readonly due: number;
  readonly transactionId: string | undefined;
}

/** Why something is left that no code of the ledger says, and what to do about it. */
export const MATURITY_REASONS = {
  MANDATE_MISSING: 'The holder gave no mandate that covers these slices. It presents them itself; then run again.',
  PAYMENT_OPEN: 'The payment has not ended. Run again when its next message is there.',
  PAYMENT_UNPAID:
    'The payment was rejected or cancelled. Report another payment of this presentment by hand, or reopen it; then run again.',
  PAYMENT_UNNAMED: 'A payment without a UETR is on its way. Report it by hand; then run again.',
  PAYMENTS_FAILED: 'The payment system failed (`cause`). Run again: no UETR is paid twice.',
  STOPPED: 'The run was told to stop before this step. Run again.',
} as const;
type MaturityReason = keyof typeof MATURITY_REASONS;

/** Slices that a run leaves, and why. */
export interface MaturityLeft {
  readonly step: MaturityStep;
  readonly holder?: string;
  readonly presentmentId?: string;
  readonly certificateId?: string;
  readonly sliceIds: readonly string[];
  /** How many due slices these stand for. */
  readonly due: number;
  /** A code of `ERRORS`, or of `MATURITY_REASONS`. */
  readonly reason: ErrorCode | MaturityReason;
  readonly cause?: unknown;
}

/** How a run ended. */
export interface MaturitySummary {
  readonly dueOn: string;
  /** How many slices are due, those left out that others succeed: that were split, or of which a payment came back. */
  readonly due: number;
  /** How many slices took each step in this run. */
  readonly done: Readonly<Record<MaturityStep, number>>;
  /** Nothing left, here and in `netted`: everything that is due is redeemed. */
  readonly left: readonly MaturityLeft[];
  /** What was netted before anything was presented. */
  readonly netted: Netted;
}

/** Options of {@link maturityRun}. */
export interface MaturityOptions {
  /** The payment date. */
  readonly dueOn: string;
  readonly payments: Payments;
  /** Presentments that are worked on at the same time. Default 16. */
  readonly sideBySide?: number;
  readonly onProgress?: (progress: MaturityProgress) => void;
  /** Told of every step of a batch that nets what is due. */
  readonly onNetting?: (progress: NettingProgress) => void;
  /** Stops before the next step. The run then answers what is left. */
  readonly signal?: AbortSignal;
}

/** What is known of a presentment's payment. */
interface Known {
  readonly uetr: string | undefined;
  readonly status: BookRecord<'payment'>['status'];
  readonly amount: string;
}

/**
 * Runs, as a maker or checker of the confirming bank. A group that is refused does not stop the others; it is in `left`. Run again until nothing
 * is left: proofs of payment come from payees and their banks.
 * @throws TenorError where the bank's own book cannot be read
 */
export async function maturityRun(tenor: Tenor, options: MaturityOptions): Promise<MaturitySummary> {
  return new MaturityRun(tenor, options).run();
}

class MaturityRun {
  readonly #tenor: Tenor;
  readonly #options: MaturityOptions;
  readonly #done: Record<MaturityStep, number> = { present: 0, announce: 0, report: 0, discharge: 0, redeem: 0 };
  readonly #left: MaturityLeft[] = [];
  readonly #paid = new Set<string>();
  /** Slices into which this run has merged others. The book was read before. */
  readonly #made: Countable[] = [];
  /** How many due slices each slice stands for. */
  readonly #weights = new Map<string, number>();

  constructor(tenor: Tenor, options: MaturityOptions) {
    this.#tenor = tenor;
    this.#options = options;
  }

  async run(): Promise<MaturitySummary> {
    const { dueOn } = this.#options;
    // First, so that what a batch pays is counted with the rest. What is still locked for one is not presented.
    const netted = await netDue(this.#tenor, this.#options);
    const book = await readDueBook(this.#tenor, dueOn);
    for (const [id, weight] of weightsOf(book.slices)) this.#weights.set(id, weight);
    const { date } = await this.#tenor.registry.get('businessDate');
    const { presentables, unmandated } = presentablesOf(book, date);
    for (const { holder, sliceIds } of unmandated) this.#leave('present', { holder, sliceIds }, 'MANDATE_MISSING');
    await this.#each(book.presentments, (presentment) => this.#settle(presentment));
    await this.#each(presentables, (presentable) => this.#presentAndSettle(presentable, book.openings));
    await this.#redeemAll(book);
    const isOver = ({ state }: Slice): boolean => state === 'SPENT' || state === 'RETURNED';
    const due = this.#count(book.slices.flatMap((slice) => (isOver(slice) ? [] : [slice.id])));
    return { dueOn, due, done: this.#done, left: this.#left, netted };
  }

  async #presentAndSettle(
    { mandate, sliceIds, merges }: Presentable,
    openings: ReadonlyMap<string, string>,
  ): Promise<void> {
    const presentmentId = this.#tenor.newId(mandate.holderMsp);
    const at = { holder: mandate.holder, sliceIds };
    const mergedIds = merges.map(({ certificateId, sliceIds: parts }) => {
      const id = this.#tenor.newId(registerOf(certificateId));
      this.#made.push({ id, certificateId, state: 'PRESENTED' });
      this.#weights.set(id, this.#count(parts));
      return id;
    });
    const input = { presentmentId, mandateId: mandate.id, sliceIds: [...sliceIds], mergedIds };
    // The book was just read, so nothing has to be looked up once more.
    const names = [
      ...sliceIds.map((id) => `slice/${id}`),
      ...merges.map(({ certificateId }) => `terms/${certificateId}`),
      `mandate/${mandate.id}`,
    ];
    const ready = {
      openings: Object.fromEntries(names.map((name) => [name, openings.get(name) ?? ''])),
      endorsingOrganizations: [...new Set([mandate.bankMsp, mandate.holderMsp, mandate.payeeBankMsp])].sort(),
    };
    const presented = await this.#step('present', at, () => this.#tenor.slice.presentUnderMandate(input, ready));
    if (!presented) return;
    const { record } = await this.#tenor.book.presentment.get(presentmentId, mandate.holderMsp);
    await this.#settle({ record, payment: undefined, parts: [], hasReturn: false });
  }

  /** Pays what is outstanding of a presentment, and discharges it where the payments are proven. */
  async #settle({ record, payment, parts, hasReturn }: DuePresentment): Promise<void> {
    const known = payment === undefined ? undefined : knownOf(payment, record);
    const outstanding = BigInt(record.amount) - arrivedBy(parts);
    // A part that arrived, or of which a charge was deducted, leaves a rest that is paid by a payment of its own. After a return people decide.
    const isPart = known?.status === 'ACCC' && parts.length > 0 && outstanding > 0n && !hasReturn;
    if (known !== undefined && !isPart) return this.#finish(record, known, parts);
    const announced = await this.#announce(record, isPart ? outstanding.toString() : record.amount);
    return announced === undefined ? undefined : this.#finish(record, announced, parts);
  }

  /** Has the last payment paid, and discharges the presentment by all that arrived. */
  async #finish(record: Presentment, known: Known, parts: readonly Part[]): Promise<void> {
    const status = await this.#pay(record, known);
    if (status !== 'ACCC') return;
    const paymentId = known.uetr ?? record.id;
    await this.#discharge(record, [...new Set([...parts.map((part) => part.paymentId), paymentId])]);
  }

  /** Says in the bank's book which payment is to be sent. */
  async #announce(record: Presentment, amount: string): Promise<Known | undefined> {
    const instruction = instructionOf(record, randomUUID(), amount);
    const messageHash = await this.#asked('announce', record, () => this.#options.payments.order(instruction));
    if (messageHash === undefined) return undefined;
    const isAnnounced = await this.#report('announce', instruction, record, { status: 'PDNG', messageHash });
    return isAnnounced ? { uetr: instruction.uetr, status: 'PDNG', amount } : undefined;
  }

  /** Has it paid, and reports what is said of it. Answers the status that stands in the book. */
  async #pay(record: Presentment, { uetr, status, amount }: Known): Promise<string | undefined> {
    if (status === 'ACCC') return status;
    if (uetr === undefined || UNPAID_STATUSES.includes(status)) {
      this.#leave('report', placeOf(record), uetr === undefined ? 'PAYMENT_UNNAMED' : 'PAYMENT_UNPAID');
      return undefined;
    }
    const instruction = instructionOf(record, uetr, amount);
    const said = await this.#asked('report', record, () => this.#options.payments.pay(instruction));
    if (said === undefined) return undefined;
    const isReported = said.status === status || (await this.#report('report', instruction, record, said));
    if (!isReported) return undefined;
    if (said.status !== 'ACCC')
      this.#leave('report', placeOf(record), UNPAID_STATUSES.includes(said.status) ? 'PAYMENT_UNPAID' : 'PAYMENT_OPEN');
    return said.status;
  }

  #report(
    step: MaturityStep,
    { uetr, amount }: PaymentInstruction,
    record: Presentment,
    said: PaymentSaid,
  ): Promise<boolean> {
    const { id: presentmentId, currency } = record;
    return this.#step(step, placeOf(record), () =>
      this.#tenor.payment.report({ uetr, presentmentId, currency, amount, ...said }),
    );
  }

  async #discharge(record: Presentment, paymentIds: readonly string[]): Promise<void> {
    const named = { presentmentId: record.id, ...namedBy(paymentIds) };
    const { presentment } = this.#tenor;
    const isDischarged = await this.#step('discharge', placeOf(record), () =>
      presentment.discharge(named).catch((error: unknown) => {
        // The copy of a holder whose peer is away is left out. The holder restores it.
        if (error instanceof TenorError && error.class === 'unavailable')
          return presentment.discharge({ ...named, books: 'register' });
        throw error;
      }),
    );
    if (isDischarged) for (const id of record.sliceIds) this.#paid.add(id);
  }

  async #redeemAll(book: DueBook): Promise<void> {
    const byLine = grouped(
      redeemablesOf({ ...book, slices: [...book.slices, ...this.#made] }, this.#paid),
      ({ lineId }) => lineId,
    );
    await this.#each(byLine, async (redeemables) => {
      for (const redeemable of redeemables) await this.#redeem(redeemable);
    });
  }

  async #redeem({ certificateId, sliceIds }: Redeemable): Promise<void> {
    await this.#step('redeem', { certificateId, sliceIds }, () =>
      this.#tenor.certificate.redeem({ certificateId, sliceIds: [...sliceIds] }),
    );
  }

  /** Takes a step. A refusal leaves these slices, and nothing else. */
  async #step(step: MaturityStep, at: Place, take: () => Promise<Receipt>): Promise<boolean> {
    if (this.#isStopped(step, at)) return false;
    try {
      const { transactionId } = await take();
      const due = this.#count(at.sliceIds);
      this.#done[step] += due;
      this.#options.onProgress?.({ step, sliceIds: at.sliceIds, due, transactionId });
      return true;
    } catch (error) {
      if (!(error instanceof TenorError)) throw error;
      this.#leave(step, at, error.code, error);
      return false;
    }
  }

  /** How many due slices these stand for. */
  #count(sliceIds: readonly string[]): number {
    return sliceIds.reduce((sum, id) => sum + (this.#weights.get(id) ?? 1), 0);
  }

  /** Asks the payment system. If it fails, these slices are left. */
  async #asked<Answer>(
    step: MaturityStep,
    record: Presentment,
    ask: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    if (this.#isStopped(step, placeOf(record))) return undefined;
    try {
      return await ask();
    } catch (cause) {
      this.#leave(step, placeOf(record), 'PAYMENTS_FAILED', cause);
      return undefined;
    }
  }

  #leave(step: MaturityStep, at: Place, reason: MaturityLeft['reason'], cause?: unknown): void {
    const due = this.#count(at.sliceIds);
    this.#left.push({ step, ...at, due, reason, ...(cause === undefined ? {} : { cause }) });
  }

  /** Whether the run was told to stop. What it would have done is left. */
  #isStopped(step: MaturityStep, at: Place): boolean {
    const isStopped = this.#options.signal?.aborted === true;
    if (isStopped) this.#leave(step, at, 'STOPPED');
    return isStopped;
  }

  /** Some side by side. */
  async #each<Item>(items: readonly Item[], job: (item: Item) => Promise<void>): Promise<void> {
    const queue = items.values();
    const worker = async (): Promise<void> => {
      for (const item of queue) await job(item);
    };
    await Promise.all(Array.from({ length: Math.min(this.#options.sideBySide ?? 16, items.length) }, worker));
  }
}

type Place = Omit<MaturityLeft, 'step' | 'due' | 'reason' | 'cause'>;

const placeOf = ({ id, holder, sliceIds }: Presentment): Place => ({ holder, presentmentId: id, sliceIds });

/** A payment that was reported for another presentment since has not paid this one. People decide what to do. */
const knownOf = ({ id, status, amount, presentmentId }: BookRecord<'payment'>, record: Presentment): Known => ({
  amount,
  uetr: UETR_PATTERN.test(id) ? id : undefined,
  status: presentmentId === record.id ? status : 'CANC',
});

const instructionOf = (
  { id, bank, holder, payeeBank, account, currency }: Presentment,
  uetr: string,
  amount: string,
): PaymentInstruction => ({ presentmentId: id, uetr, bank, holder, payeeBank, account, currency, amount });
