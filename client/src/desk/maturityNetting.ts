/**
 * The step of a maturity run before it presents: batches in which slices due on the date are netted are driven as far as the confirming bank may drive them. The bank
 * registers the slices, so it is a member of these batches, and any member agrees, commits and hands over. Where it was stopped does not matter: the
 * outcome stands on the ledger, and the next run goes on from it.
 */
import { isAsset, type BookRecord, type SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import { TenorError, type ErrorCode } from '../errors.js';
import type { Tenor } from '../tenor.js';

type Leg = BookRecord<'leg'>;

/** Why a batch is left that no code of the ledger says, and what to do about it. */
export const NETTING_REASONS = {
  LEGS_UNSEEN:
    'This bank does not see all legs of the batch, so it cannot make its sheet. A member that has been told all rows calls batch:agree; then run again.',
  STOPPED: 'The run was told to stop before this step. Run again.',
} as const;

/** A batch that a run leaves, and why. Its slices stay locked for it, and are not presented. */
export interface NettingLeft {
  readonly step: 'net';
  readonly batchId: string;
  readonly sliceIds: readonly string[];
  /** A code of `ERRORS`, or of `NETTING_REASONS`. */
  readonly reason: ErrorCode | keyof typeof NETTING_REASONS;
  /** MSP id of the organisation on whose word the batch waits, where the refusal names one. */
  readonly waitsFor?: string;
  readonly cause?: unknown;
}

/** A step of a batch that is done. */
export interface NettingProgress {
  readonly step: 'agree' | 'commit' | 'complete';
  readonly batchId: string;
  readonly sliceIds: readonly string[];
  readonly transactionId: string | undefined;
}

/** What a run has netted. */
export interface Netted {
  readonly agreed: number;
  readonly committed: number;
  /** Slices that are closed because a batch paid them. */
  readonly slices: number;
  readonly left: readonly NettingLeft[];
}

/** What netting takes of a run's options. */
interface NettingOptions {
  readonly dueOn: string;
  readonly onNetting?: (progress: NettingProgress) => void;
  readonly signal?: AbortSignal;
}

/** Why a batch is left that was not refused anything. */
type Stopped = keyof typeof NETTING_REASONS | 'BATCH_EXPIRED';

type DriveOptions = NettingOptions & { readonly today: string };

/** A batch that nets slices which are due and not closed yet. */
interface NettingBatch {
  readonly batchId: string;
  readonly legIds: readonly string[];
  /** The legs that give these slices back. */
  readonly legs: readonly Leg[];
}

/** Drives all of them. A batch that is refused does not stop the others. @throws TenorError where the bank's own book cannot be read */
export async function netDue(tenor: Tenor, options: NettingOptions): Promise<Netted> {
  const done = { agreed: 0, committed: 0, slices: 0 };
  const left: NettingLeft[] = [];
  const batches = await dueBatches(tenor, options.dueOn);
  const today = batches.length === 0 ? '' : (await tenor.registry.get('businessDate')).date;
  for (const batch of batches) {
    const at = { step: 'net', batchId: batch.batchId, sliceIds: slicesOf(batch.legs) } as const;
    const drive = new Drive(tenor, { ...options, today }, batch, done);
    try {
      const reason = await drive.toItsEnd();
      if (reason !== undefined) left.push({ ...at, reason });
    } catch (error) {
      if (!(error instanceof TenorError)) throw error;
      const { mspId } = error.data;
      left.push({ ...at, reason: error.code, ...(mspId === undefined ? {} : { waitsFor: mspId }), cause: error });
    }
  }
  return { ...done, left };
}

const slicesOf = (legs: readonly Leg[]): string[] => legs.flatMap(({ sliceId }) => sliceId ?? []);

/** Batches of slices of this bank that are due on the date and still locked for their netting. Most books have none, and then nothing else is read. */
async function dueBatches(tenor: Tenor, dueOn: string): Promise<readonly NettingBatch[]> {
  const batches = new Map<string, Leg[]>();
  for await (const row of tenor.book.leg.all()) {
    if (!row.current || row.register !== tenor.mspId) continue;
    const { record } = row;
    const isNetted = record.nets === true && record.what === 'SURRENDER';
    if (!isNetted || !(await isLockedAndDue(tenor, record, dueOn))) continue;
    batches.set(record.batchId, [...(batches.get(record.batchId) ?? []), record]);
  }
  return [...batches].map(([batchId, legs]) => ({ batchId, legs, legIds: legs[0]?.legIds ?? [] }));
}

/** What was released, is paid, or is of another day has nothing to do with this run. */
async function isLockedAndDue(tenor: Tenor, { id, sliceId = '' }: Leg, dueOn: string): Promise<boolean> {
  const slice = await tenor.book.slice.get(sliceId);
  const { state, lock, certificateId } = slice.record;
  if (!slice.current || state !== 'ALLOCATED' || lock?.kind !== 'SETTLEMENT' || lock.id !== id) return false;
  return (await tenor.book.terms.get(certificateId)).record.paymentDate === dueOn;
}

/** One batch on its way. */
class Drive {
  readonly #tenor: Tenor;
  readonly #options: DriveOptions;
  readonly #batch: NettingBatch;
  readonly #done: { agreed: number; committed: number; slices: number };

  constructor(
    tenor: Tenor,
    options: DriveOptions,
    batch: NettingBatch,
    done: { agreed: number; committed: number; slices: number },
  ) {
    this.#tenor = tenor;
    this.#options = options;
    this.#batch = batch;
    this.#done = done;
  }

  /** Takes every step that can be taken. Answers why it stopped before the end, where no refusal says so. @throws TenorError of a step that was refused */
  async toItsEnd(): Promise<Stopped | undefined> {
    const state = await this.#state();
    if (state === undefined) {
      // Whoever has not approved cannot any more: its holders release the slices.
      if (this.#batch.legs.some(({ expiresOn }) => expiresOn < this.#options.today)) return 'BATCH_EXPIRED';
      const sheet = await this.#sheet();
      if (sheet === undefined) return 'LEGS_UNSEEN';
      if (this.#isStopped()) return 'STOPPED';
      // Where no money moves, nothing has to be agreed before it is sent.
      const isPaper = sheet.every(({ what }) => isAsset(what));
      await (isPaper ? this.#commit(sheet) : this.#agree(sheet));
      return this.toItsEnd();
    }
    if (this.#isStopped()) return 'STOPPED';
    if (state === 'AGREED') {
      await this.#commit();
      return this.toItsEnd();
    }
    return state === 'COMMITTED' ? this.#complete() : undefined;
  }

  #isStopped(): boolean {
    return this.#options.signal?.aborted === true;
  }

  /** How the batch stands in this bank's own book, which is one of its registers. */
  async #state(): Promise<BookRecord<'outcome'>['state'] | undefined> {
    try {
      return (await this.#tenor.book.outcome.get(this.#batch.batchId, this.#tenor.mspId)).record.state;
    } catch (error) {
      if (error instanceof TenorError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }

  /** The rows of all legs, where this bank sees them all. */
  async #sheet(): Promise<SheetRow[] | undefined> {
    try {
      return await this.#tenor.batch.sheet(this.#batch.legIds);
    } catch (error) {
      if (error instanceof TenorError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }

  async #agree(sheet: SheetRow[]): Promise<void> {
    const { batch } = this.#tenor;
    const legIds = [...this.#batch.legIds];
    const receipt = await evenWithout((books) => batch.agree({ legIds, sheet, ...books }));
    this.#done.agreed += 1;
    this.#tell('agree', slicesOf(this.#batch.legs), receipt.transactionId);
  }

  async #commit(sheet?: SheetRow[]): Promise<void> {
    const { batch } = this.#tenor;
    const input = { legIds: [...this.#batch.legIds], ...(sheet === undefined ? {} : { sheet }) };
    const receipt = await evenWithout((books) => batch.commit({ ...input, ...books }));
    this.#done.committed += 1;
    this.#tell('commit', slicesOf(this.#batch.legs), receipt.transactionId);
  }

  async #complete(): Promise<Stopped | undefined> {
    const { slice } = this.#tenor;
    for (const { id: legId, sliceId = '' } of this.#batch.legs) {
      if (this.#isStopped()) return 'STOPPED';
      const receipt = await evenWithout((books) => slice.complete({ sliceId, legId, ...books }));
      this.#done.slices += 1;
      this.#tell('complete', [sliceId], receipt.transactionId);
    }
    return undefined;
  }

  #tell(step: NettingProgress['step'], sliceIds: readonly string[], transactionId: string | undefined): void {
    this.#options.onNetting?.({ step, batchId: this.#batch.batchId, sliceIds, transactionId });
  }
}

/** Leaves out the copies of members whose peers are away. They restore them. */
async function evenWithout<Answer>(send: (books: { readonly books?: 'register' }) => Promise<Answer>): Promise<Answer> {
  try {
    return await send({});
  } catch (error) {
    if (error instanceof TenorError && error.class === 'unavailable') return send({ books: 'register' });
    throw error;
  }
}
