/** What a maturity run is told, and what it tells: the payment system that it uses, its steps, and what it leaves. */
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import type { ErrorCode } from '../errors.js';
import type { Input } from '../input.js';
import type { Netted, NettingProgress } from './maturityNetting.js';

/** One payment, as the bank's payment system needs it. */
export interface PaymentInstruction extends Pick<
  BookRecord<'presentment'>,
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
  /**
   * Answers when a payment that arrived should be proven: the payee's bank has attested it, and the payee has acknowledged it where it has to. It answers at once
   * where that was so before, and when nobody waits any longer. The run then discharges. Without it the run waits for nobody, and leaves what is not proven yet.
   */
  proven?(instruction: PaymentInstruction): Promise<void>;
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
export type MaturityReason = keyof typeof MATURITY_REASONS;

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
