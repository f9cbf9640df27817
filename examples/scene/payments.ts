/** A payment as two banks tell it: the payer's bank by a pacs.002, the payee's bank by a camt.054. Here both messages are written first, because no bank is there. */
import { randomUUID } from 'node:crypto';
import {
  creditFor,
  minorOf,
  PAYMENT_STATUSES,
  readCreditNotification,
  readPaymentStatus,
  statusFor,
  writeCreditNotification,
  writePaymentStatus,
  type Account,
  type BookedCredit,
} from '@tenor/client';
import { say } from './money.js';
import type { Scene } from './scene.js';

/** What is paid, and between which banks. */
interface Payment {
  readonly legId: string;
  readonly payerBank: string;
  readonly payeeBank: string;
  readonly currency: string;
  readonly amount: string;
  readonly account: Account;
}

/** What is known of every payment. */
interface Paid {
  readonly uetr: string;
  readonly currency: string;
  readonly amount: string;
}

/** What a pacs.002 says of a payment, as `payment:report` takes it. */
export interface Said {
  readonly status: (typeof PAYMENT_STATUSES)[number];
  readonly messageHash: string;
}

const messageId = (kind: string, uetr: string): string => `${kind}-${uetr.slice(0, 13)}`;

/** A pacs.002, as the bank's payment system writes it, and as it is read. */
export function statusReport({ uetr, currency, amount }: Paid, day: string, status: Said['status'] = 'ACCC'): Said {
  const written = writePaymentStatus({
    ...{ messageId: messageId('STATUS', uetr), createdAt: `${day}T10:21:00Z` },
    transactions: [{ uetr, status, amount: { minor: amount, currency } }],
  });
  const message = readPaymentStatus(written);
  const { transaction, reason } = statusFor(message, uetr);
  const read = PAYMENT_STATUSES.find((code) => code === transaction?.status);
  if (read === undefined) throw new Error(`the pacs.002 does not report the payment: ${reason ?? 'unknown status'}`);
  return { status: read, messageHash: message.sha256 };
}

/** A camt.054, as the payee's bank writes it, and the credit that is found in it. */
export function creditNotification({ uetr, currency, amount }: Paid, account: Account, day: string): BookedCredit {
  const money = { amount: { minor: amount, currency }, creditDebit: 'CRDT' } as const;
  const written = writeCreditNotification({
    ...{ messageId: messageId('CREDIT', uetr), createdAt: `${day}T10:30:00Z` },
    accounts: [
      {
        ...{ notificationId: messageId('CREDIT', uetr), account },
        entries: [
          {
            ...{
              ...money,
              status: 'BOOK',
              bookingDate: day,
              valueDate: day,
              servicerReference: `BOOKING ${uetr.slice(0, 13)}`,
            },
            ...{ transactionCode: { iso: { domain: 'PMNT', family: 'RCDT', subFamily: 'XBCT' } } },
            details: [{ uetr, ...money }],
          },
        ],
      },
    ],
  });
  const { credit, reason } = creditFor(readCreditNotification(written), uetr);
  if (credit === undefined) throw new Error(`the camt.054 does not credit the payment: ${reason}`);
  return credit;
}

/** The payee's bank attests a credit that it has found in its own notification. */
export async function attestCredit(
  scene: Scene,
  payeeBank: string,
  proves: { readonly legId: string } | { readonly presentmentId: string },
  credit: BookedCredit,
): Promise<void> {
  const { uetr = '', currency, account, reference: creditReference, valueDate = scene.date, sha256 } = credit;
  const amount = minorOf(credit.amount, currency);
  await scene.underFourEyes(`attest ${say({ currency, amount })}`, payeeBank, 'payment:attest', {
    ...{ ...proves, uetr, currency, amount, account, creditReference, valueDate, messageHash: sha256 },
  });
}

/** The money of a leg is sent, and its arrival is proven. */
export async function payLeg(scene: Scene, { legId, payerBank, payeeBank, account, ...money }: Payment): Promise<void> {
  const paid = { uetr: randomUUID(), currency: money.currency, amount: money.amount };
  const said = statusReport(paid, scene.date);
  await scene.step(`pay ${say(paid)}, report ${said.status}`, payerBank, 'Checker', ({ payment }) =>
    payment.report({ legId, ...paid, ...said }),
  );
  await attestCredit(scene, payeeBank, { legId }, creditNotification(paid, account, scene.date));
}
