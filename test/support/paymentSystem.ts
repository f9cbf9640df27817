/** A bank's payment system, as the maturity run knows it. It remembers what it sent, as a real one does, and can be made to fail. */
import { createHash } from 'node:crypto';
import type { PaymentInstruction, Payments, PaymentSaid } from '@tenor/client';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Sends each UETR once. */
export class PaymentSystem implements Payments {
  readonly #sent = new Map<string, PaymentInstruction>();
  /** What it says of payments, by presentment; ACCC where nothing is said. */
  readonly says = new Map<string, PaymentSaid['status']>();
  /** Waits for the proofs of a payment, if the run is to wait for them. */
  proven?: NonNullable<Payments['proven']>;
  /** Asked before it does anything. */
  onPay: (instruction: PaymentInstruction) => void = () => undefined;

  order(instruction: PaymentInstruction): Promise<string> {
    return Promise.resolve(hashOf(JSON.stringify(instruction)));
  }

  pay(instruction: PaymentInstruction): Promise<PaymentSaid> {
    const { uetr, presentmentId } = instruction;
    return Promise.resolve().then(() => {
      this.onPay(instruction);
      if (!this.#sent.has(uetr)) this.#sent.set(uetr, instruction);
      return { status: this.says.get(presentmentId) ?? 'ACCC', messageHash: hashOf(`pacs.002 of ${uetr}`) };
    });
  }

  /** Everything that was ever sent. */
  get sent(): readonly PaymentInstruction[] {
    return [...this.#sent.values()];
  }

  /** How much money left the bank. */
  get total(): bigint {
    return this.sent.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  }
}
