/** The payment system of a bank, as the maturity run knows it: it writes an order as pacs.008, sends every UETR once, and answers by pacs.002. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCreditTransfer, type PaymentInstruction, type Payments, type PaymentSaid } from '@tenor/client';
import { statusReport } from '../scene/payments.js';

const orderId = (uetr: string): string => `ORDER-${uetr.slice(0, 13)}`;

/** An order as a pacs.008. The bank has guaranteed the payment, and pays it itself. */
function orderText(
  { uetr, bank, holder, payeeBank, account, currency, amount }: PaymentInstruction,
  day: string,
): string {
  return writeCreditTransfer({
    ...{ messageId: orderId(uetr), createdAt: `${day}T09:00:00Z`, settlementMethod: 'CLRG' },
    transactions: [
      {
        ...{ uetr, endToEndId: orderId(uetr), amount: { minor: amount, currency }, chargeBearer: 'SHAR' },
        ...{ debtor: { lei: bank }, debtorAgent: { lei: bank } },
        ...{ creditor: { lei: holder }, creditorAgent: { lei: payeeBank }, creditorAccount: account },
      },
    ],
  });
}

/** Remembers what it sent, as a real one does. */
export class PaymentSystem implements Payments {
  readonly #day: string;
  readonly #folder: string;
  readonly #sent = new Map<string, PaymentInstruction>();

  /** @param folder where the orders are written */
  constructor(day: string, folder: string) {
    this.#day = day;
    this.#folder = folder;
  }

  async order(instruction: PaymentInstruction): Promise<string> {
    const text = orderText(instruction, this.#day);
    await writeFile(join(this.#folder, `${orderId(instruction.uetr)}.pacs.008.xml`), text);
    return createHash('sha256').update(text).digest('hex');
  }

  pay(instruction: PaymentInstruction): Promise<PaymentSaid> {
    if (!this.#sent.has(instruction.uetr)) this.#sent.set(instruction.uetr, instruction);
    return Promise.resolve(statusReport(instruction, this.#day));
  }

  /** Everything that was ever sent. */
  get sent(): readonly PaymentInstruction[] {
    return [...this.#sent.values()];
  }
}
