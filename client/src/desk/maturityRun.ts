/**
 * The maturity run of a confirming bank: it presents what is due on a date by the mandates of the holders, has it paid, reports, discharges
 * and redeems. Where it was stopped does not matter: what is done stands on the ledger, and a run does what is left.
 *
 * No payment is sent before its UETR stands in the bank's book as announced (PDNG): the call that presents announces it. From then on the holder cannot
 * withdraw, no other run announces another payment, and a later run goes on with the same UETR.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { registerOf, UETR_PATTERN } from '../../../chaincode/src/protocol/identifiers.js';
import { UNPAID_STATUSES, type BookRecord, type Slice } from '../../../chaincode/src/protocol/records/index.js';
import { TenorError } from '../errors.js';
import type { Receipt } from '../sender.js';
import type { Tenor } from '../tenor.js';
import { readDueBook, type DueBook, type DuePresentment } from './maturityBook.js';
import { netDue } from './maturityNetting.js';
import { dischargeablesOf, furtherOf, type Awaited, type Dischargeable, type Payable } from './maturityDischarges.js';
import {
  inTurn,
  presentablesOf,
  redeemablesOf,
  weightsOf,
  type Countable,
  type Presentable,
  type Redeemable,
} from './maturityGroups.js';
import type {
  MaturityLeft,
  MaturityOptions,
  MaturityStep,
  MaturitySummary,
  PaymentInstruction,
  PaymentSaid,
} from './maturityOptions.js';
import { arrivedBy, namedBy, type Part } from './parts.js';

type Presentment = BookRecord<'presentment'>;

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
  readonly #awaited: Awaited[] = [];
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
    for (const [id, weight] of weightsOf(book)) this.#weights.set(id, weight);
    const { date } = await this.#tenor.registry.get('businessDate');
    const { presentables, unmandated } = presentablesOf(book, date);
    for (const { holder, sliceIds } of unmandated) this.#leave('present', { holder, sliceIds }, 'MANDATE_MISSING');
    await this.#each(book.presentments, (presentment) => this.#settle(presentment));
    await this.#each(inTurn(presentables), async ([first, ...others]) => {
      if (first !== undefined) await this.#presentAndSettle(first, book, true);
      // What the calls before them said was not read with the book.
      for (const each of others) await this.#presentAndSettle(each, book, false);
    });
    await this.#dischargeAll();
    await this.#redeemAll(book);
    const isOver = ({ state }: Slice): boolean => state === 'SPENT' || state === 'RETURNED';
    const due = this.#count(book.slices.flatMap((slice) => (isOver(slice) ? [] : [slice.id])));
    return { dueOn, due, done: this.#done, left: this.#left, netted };
  }

  async #presentAndSettle(
    { mandate, sliceIds, merges, currency, amount }: Presentable,
    { consolidations, openings }: DueBook,
    isAsRead: boolean,
  ): Promise<void> {
    const { bank, holder, payeeBank, account } = mandate;
    const presentmentId = this.#tenor.newId(mandate.holderMsp);
    const at = { holder, sliceIds };
    const mergedIds = merges.map(({ certificateId, sliceIds: parts }) => {
      const id = this.#tenor.newId(registerOf(certificateId));
      this.#made.push({ id, certificateId, state: 'PRESENTED' });
      this.#weights.set(id, this.#count(parts));
      return id;
    });
    const record = {
      ...{ id: presentmentId, bank, holder, holderMsp: mandate.holderMsp, payeeBank, account, currency, amount },
      sliceIds: mergedIds,
    };
    const uetr = randomUUID();
    const messageHash = await this.#ordered('present', at, instructionOf(record, uetr, amount));
    if (messageHash === undefined) return;
    const announced = { uetr, currency, amount, messageHash };
    const input = { presentmentId, mandateId: mandate.id, sliceIds: [...sliceIds], mergedIds, announced };
    // The book was just read, so nothing has to be looked up once more.
    const certificateIds = merges.map((each) => each.certificateId);
    const said = consolidations.filter((each) => each.holder === holder && certificateIds.includes(each.certificateId));
    const names = [
      ...sliceIds.map((id) => `slice/${id}`),
      ...certificateIds.map((id) => `terms/${id}`),
      ...said.map(({ id }) => `consolidation/${id}`),
      `mandate/${mandate.id}`,
    ];
    const ready = {
      openings: Object.fromEntries(names.map((name) => [name, openings.get(name) ?? ''])),
      endorsingOrganizations: [...new Set([mandate.bankMsp, mandate.holderMsp, mandate.payeeBankMsp])].sort(),
    };
    const isPresented = await this.#steps(['present', 'announce'], at, () =>
      this.#tenor.slice.presentUnderMandate(input, isAsRead ? ready : undefined),
    );
    if (isPresented) await this.#finish(record, { uetr, status: 'PDNG', amount }, []);
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
  async #finish(record: Payable, known: Known, parts: readonly Part[]): Promise<void> {
    const status = await this.#pay(record, known);
    if (status !== 'ACCC') return;
    const { uetr = record.id, amount } = known;
    const paymentIds = [...new Set([...parts.map((part) => part.paymentId), uetr])];
    const { payments } = this.#options;
    // It may take hours. What else is to be paid does not wait for it.
    const proof = this.#asked('discharge', placeOf(record), async () => {
      await payments.proven?.(instructionOf(record, uetr, amount));
      return true;
    });
    this.#awaited.push({ record, paymentIds, proof });
  }

  /** Says in the bank's book which payment is to be sent. */
  async #announce(record: Payable, amount: string): Promise<Known | undefined> {
    const instruction = instructionOf(record, randomUUID(), amount);
    const messageHash = await this.#ordered('announce', placeOf(record), instruction);
    if (messageHash === undefined) return undefined;
    const isAnnounced = await this.#report('announce', instruction, record, { status: 'PDNG', messageHash });
    return isAnnounced ? { uetr: instruction.uetr, status: 'PDNG', amount } : undefined;
  }

  /** Has the payment order made. @returns the hash of its file */
  #ordered(step: MaturityStep, at: Place, instruction: PaymentInstruction): Promise<string | undefined> {
    return this.#asked(step, at, () => this.#options.payments.order(instruction));
  }

  /** Has it paid, and reports what is said of it. Answers the status that stands in the book. */
  async #pay(record: Payable, { uetr, status, amount }: Known): Promise<string | undefined> {
    if (status === 'ACCC') return status;
    if (uetr === undefined || UNPAID_STATUSES.includes(status)) {
      this.#leave('report', placeOf(record), uetr === undefined ? 'PAYMENT_UNNAMED' : 'PAYMENT_UNPAID');
      return undefined;
    }
    const instruction = instructionOf(record, uetr, amount);
    const said = await this.#asked('report', placeOf(record), () => this.#options.payments.pay(instruction));
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
    record: Payable,
    said: PaymentSaid,
  ): Promise<boolean> {
    const { id: presentmentId, currency } = record;
    return this.#steps([step], placeOf(record), () =>
      this.#tenor.payment.report({ uetr, presentmentId, currency, amount, ...said }),
    );
  }

  /** Discharges what is proven, once it is, and together what was proven at the same time and is shown to one organisation. */
  async #dischargeAll(): Promise<void> {
    const proven: Awaited[] = [];
    const open = new Set<Promise<void>>();
    for (const awaited of this.#awaited) {
      const settled: Promise<void> = awaited.proof.then((isProven) => {
        open.delete(settled);
        if (isProven === true) proven.push(awaited);
      });
      open.add(settled);
    }
    while (open.size > 0 || proven.length > 0) {
      if (proven.length === 0) await Promise.race(open);
      await turn();
      await this.#each(dischargeablesOf(proven.splice(0)), (together) => this.#discharge(together));
    }
  }

  async #discharge(together: Dischargeable): Promise<void> {
    const [first, ...others] = together;
    const { presentment } = this.#tenor;
    const named = { presentmentId: first.record.id, ...namedBy(first.paymentIds), ...furtherOf(others) };
    const sliceIds = together.flatMap(({ record }) => record.sliceIds);
    // What one presentment is refused for does not hold up the others.
    const oneByOne = async (): Promise<void> => {
      for (const each of together) await this.#discharge([each]);
    };
    const isDischarged = await this.#steps(
      ['discharge'],
      others.length === 0 ? placeOf(first.record) : { sliceIds },
      () =>
        presentment.discharge(named).catch((error: unknown) => {
          // The copy of a holder whose peer is away is left out. The holder restores it.
          if (error instanceof TenorError && error.class === 'unavailable')
            return presentment.discharge({ ...named, books: 'register' });
          throw error;
        }),
      others.length === 0 ? undefined : oneByOne,
    );
    if (isDischarged) for (const id of sliceIds) this.#paid.add(id);
  }

  async #redeemAll(book: DueBook): Promise<void> {
    const counting = { ...book, slices: [...book.slices, ...this.#made] };
    await this.#each(redeemablesOf(counting, this.#paid), async (redeemables) => {
      for (const redeemable of redeemables) await this.#redeem(redeemable);
    });
  }

  async #redeem(redeemable: Redeemable): Promise<void> {
    const [first, ...others] = redeemable;
    const certificateId = first?.certificateId ?? '';
    const further = others.length === 0 ? {} : { furtherCertificateIds: others.map((each) => each.certificateId) };
    const sliceIds = redeemable.flatMap((each) => each.sliceIds);
    // What one certificate is refused for does not hold up the others.
    const oneByOne = async (): Promise<void> => {
      for (const each of redeemable) await this.#redeem([each]);
    };
    await this.#steps(
      ['redeem'],
      { certificateId, sliceIds },
      () => this.#tenor.certificate.redeem({ certificateId, ...further, sliceIds }),
      others.length === 0 ? undefined : oneByOne,
    );
  }

  /** Takes steps by one call. A refusal leaves these slices, and nothing else. @param otherwise what is done instead where the call is refused */
  async #steps(
    steps: readonly [MaturityStep, ...MaturityStep[]],
    at: Place,
    take: () => Promise<Receipt>,
    otherwise?: () => Promise<void>,
  ): Promise<boolean> {
    const [first] = steps;
    if (this.#isStopped(first, at)) return false;
    try {
      const { transactionId } = await take();
      const due = this.#count(at.sliceIds);
      for (const step of steps) {
        this.#done[step] += due;
        this.#options.onProgress?.({ step, sliceIds: at.sliceIds, due, transactionId });
      }
      return true;
    } catch (error) {
      if (!(error instanceof TenorError)) throw error;
      if (otherwise === undefined) this.#leave(first, at, error.code, error);
      else await otherwise();
      return false;
    }
  }

  /** How many due slices these stand for. */
  #count(sliceIds: readonly string[]): number {
    return sliceIds.reduce((sum, id) => sum + (this.#weights.get(id) ?? 1), 0);
  }

  /** Asks the payment system. If it fails, these slices are left. */
  async #asked<Answer>(step: MaturityStep, at: Place, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    if (this.#isStopped(step, at)) return undefined;
    try {
      return await ask();
    } catch (cause) {
      this.#leave(step, at, 'PAYMENTS_FAILED', cause);
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

const placeOf = ({ id, holder, sliceIds }: Payable): Place => ({ holder, presentmentId: id, sliceIds });

/** A payment that was reported for another presentment since has not paid this one. People decide what to do. */
const knownOf = ({ id, status, amount, presentmentId }: BookRecord<'payment'>, record: Presentment): Known => ({
  amount,
  uetr: UETR_PATTERN.test(id) ? id : undefined,
  status: presentmentId === record.id ? status : 'CANC',
});

const instructionOf = (
  { id, bank, holder, payeeBank, account, currency }: Payable,
  uetr: string,
  amount: string,
): PaymentInstruction => ({ presentmentId: id, uetr, bank, holder, payeeBank, account, currency, amount });
