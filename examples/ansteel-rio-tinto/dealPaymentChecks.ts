/** Whether the payment messages of a deal say what the deal says, and its false ones are false in exactly one way. */
import {
  creditFor,
  decimalOf,
  isEndToEndId,
  NO_PROOF,
  PAYMENT_STATUSES,
  statusFor,
  UNPAID_STATUSES,
  type PaymentTransactionStatus,
  type Unproven,
} from '@tenor/client';
import {
  certificateAt,
  finalHolding,
  minor,
  nameInWords,
  paymentName,
  partyAt,
  type Deal,
  type DealPayment,
} from './deal.js';
import { DealError, must, type NamedFile } from './dealError.js';
import type { DealMoney } from './dealSchema.js';

const sameMoney = (money: DealMoney, other: { amount?: string; currency?: string }): boolean =>
  money.amount === other.amount && money.currency === other.currency;

const sayMoney = (amount: bigint, currency: string): string => `${decimalOf(amount, currency)} ${currency}`;

const STATUS = '/Document/FIToFIPmtStsRpt';
const CREDIT = '/Document/BkToCstmrDbtCdtNtfctn/Ntfctn';

/** Where a report names a payment. */
const placeOfName = ({ uetr }: DealPayment): string =>
  `${STATUS}/TxInfAndSts/${uetr === undefined ? 'OrgnlEndToEndId' : 'OrgnlUETR'}`;

/** What proves nothing is refused at the place that cannot be read, else where the payment is named, with the reason. */
const unproven = (
  { reason, problem }: Unproven,
  place: string,
  remedy: string,
  { file, entry }: NamedFile,
): DealError =>
  new DealError(file, problem?.data.path ?? place, `${remedy} ${problem?.message ?? NO_PROOF[reason]}`, {
    cause: problem,
    entry,
  });

/** Banks leave the amount out of their reports to each other (CBPR+): then it is the one that was presented. */
function assertSameTransaction(payment: DealPayment, transaction: PaymentTransactionStatus, named: NamedFile): void {
  const place = `${STATUS}/TxInfAndSts`;
  const { key, amount } = payment;
  const money = transaction.amount === undefined || sameMoney(amount, transaction);
  must(money, place, `Take the report of ${amount.amount} ${amount.currency}, the amount of ${key}.`, named);
  const isMeant = transaction.endToEndId === payment.endToEndId;
  must(isMeant, place, `Take the report with the end-to-end id of ${key}, which is ${payment.endToEndId}.`, named);
}

function assertStatus(payment: DealPayment, entry: string): void {
  const found = statusFor(payment.status, paymentName(payment));
  const named = { file: payment.statusFile, entry };
  const remedy = `Take the report that names the ${nameInWords(payment)} of ${payment.key} once.`;
  if (found.reason !== undefined) throw unproven(found, placeOfName(payment), remedy, named);
  const { transaction } = found;
  must(
    transaction.status === 'ACCC',
    `${STATUS}/TxInfAndSts/TxSts`,
    'Take the report that says ACCC: credited to the creditor.',
    named,
  );
  assertSameTransaction(payment, transaction, named);
}

function assertCredit(payment: DealPayment, entry: string): void {
  const found = creditFor(payment.credit, paymentName(payment));
  const named = { file: payment.creditFile, entry };
  const remedy = `Take the notification that credits the ${nameInWords(payment)} of ${payment.key}.`;
  if (found.reason !== undefined) throw unproven(found, `${CREDIT}/Ntry`, remedy, named);
  const { credit } = found;
  must(
    sameMoney(payment.amount, credit),
    `${CREDIT}/Ntry/Amt`,
    `Take the notification of ${payment.amount.amount} ${payment.amount.currency}, the amount of ${payment.key}.`,
    named,
  );
  must(
    credit.account.id === payment.account,
    `${CREDIT}/Acct`,
    `Take the notification for ${payment.account}, the account of ${payment.key}.`,
    named,
  );
  must(
    credit.valueDate === payment.valueDate,
    `${CREDIT}/Ntry/ValDt`,
    `Take the notification of ${payment.valueDate}, the value date of ${payment.key}.`,
    named,
  );
}

function assertPayment(deal: Deal, payment: DealPayment, place: string): void {
  const payee = partyAt(deal, payment.payee, 'supplier', `${place}.payee`);
  partyAt(deal, payment.bank, 'bank', `${place}.bank`);
  const certificate = certificateAt(deal, payment.certificate, `${place}.certificate`);
  must(
    certificate.amount.currency === payment.amount.currency,
    `${place}.amount.currency`,
    `Use ${certificate.amount.currency}, the currency of the certificate.`,
  );
  const due = finalHolding(deal, certificate, payment.payee);
  const { currency } = payment.amount;
  must(
    due === minor(payment.amount),
    `${place}.amount`,
    `Pay exactly what ${payee.key} holds of ${certificate.key} in the end: ${sayMoney(due, currency)}.`,
  );
  const owned = payee.accounts.filter((account) => account.currency === currency).map(({ id }) => id);
  must(
    owned.includes(payment.account),
    `${place}.account`,
    owned.length === 0
      ? `Give ${payee.key} an account in ${currency} among the parties.`
      : `Name an account of ${payee.key} in ${currency}: ${owned.join(', ')}.`,
  );
  must(
    payment.valueDate === deal.maturityDate,
    `${place}.valueDate`,
    'Write the maturityDate: holders present on it, and money that came before or counts later pays none of them.',
  );
  must(
    payment.uetr !== undefined || isEndToEndId(payment.endToEndId),
    `${place}.endToEndId`,
    "Write 1 to 35 letters, digits and signs that every bank passes on, such as INV-2027-0042, or the payment's uetr.",
  );
  assertStatus(payment, `${place}.statusFile`);
  assertCredit(payment, `${place}.creditFile`);
}

/** Each payment pays what its payee holds, everybody who holds something is paid, each message agrees. @throws DealError */
export function assertPayments(deal: Deal): void {
  deal.payments.forEach((payment, index) => {
    const { certificate, payee } = payment;
    const first = deal.payments.findIndex((other) => other.certificate === certificate && other.payee === payee);
    must(
      first === index,
      `$.payments[${String(index)}]`,
      'Pay all that a party holds of a certificate by one payment: it presents its slices together.',
    );
    assertPayment(deal, payment, `$.payments[${String(index)}]`);
  });
  for (const certificate of deal.certificates)
    for (const { key } of deal.parties) {
      const held = finalHolding(deal, certificate, key);
      const isPaid = deal.payments.some((payment) => payment.certificate === certificate.key && payment.payee === key);
      must(
        held === 0n || isPaid,
        '$.payments',
        `Add a payment to ${key}, which holds ${sayMoney(held, certificate.amount.currency)} of ${certificate.key} in the end.`,
      );
    }
}

function paymentNamed(deal: Deal, key: string, place: string): DealPayment {
  const payment = deal.payments.find((candidate) => candidate.key === key);
  must(payment !== undefined, place, `Name one of the payments: ${deal.payments.map((each) => each.key).join(', ')}.`);
  return payment;
}

/** A status that the ledger takes, and after which another may follow. */
const isNotFinal = (status: string): boolean =>
  status !== 'ACCC' && !UNPAID_STATUSES.includes(status) && PAYMENT_STATUSES.some((known) => known === status);

function assertInProcess(deal: Deal): void {
  const { payment: key, status, statusFile: file } = deal.attempts.inProcess;
  const place = '$.attempts.inProcess.statusFile';
  const named = { file, entry: place };
  const payment = paymentNamed(deal, key, '$.attempts.inProcess.payment');
  const found = statusFor(status, paymentName(payment));
  const remedy = `Take a report that names the ${nameInWords(payment)} of ${key} once.`;
  if (found.reason !== undefined) throw unproven(found, placeOfName(payment), remedy, named);
  must(isNotFinal(found.transaction.status), place, 'Name a report of that payment that is not final, such as ACSP.');
  assertSameTransaction(payment, found.transaction, named);
}

/** The false messages differ from the true ones in the one thing that must be refused. @throws DealError */
export function assertAttempts(deal: Deal): void {
  assertInProcess(deal);
  const { payment: key, credit: message, creditFile: file } = deal.attempts.anotherAccount;
  const place = '$.attempts.anotherAccount.creditFile';
  const named = { file, entry: place };
  const paid = paymentNamed(deal, key, '$.attempts.anotherAccount.payment');
  const found = creditFor(message, paymentName(paid));
  const remedy = `Take a notification that credits the ${nameInWords(paid)} of ${key}.`;
  if (found.reason !== undefined) throw unproven(found, `${CREDIT}/Ntry`, remedy, named);
  const { credit } = found;
  must(
    sameMoney(paid.amount, credit) && credit.valueDate === paid.valueDate && credit.account.id !== paid.account,
    place,
    "Name a credit of that payment, of its amount and value date, to an account that is not the payee's.",
  );
}
