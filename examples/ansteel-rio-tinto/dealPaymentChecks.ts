/** Whether the payment messages of a deal say what the deal says, and its false ones are false in exactly one way. */
import {
  creditFor,
  NO_PROOF,
  PAYMENT_STATUSES,
  statusFor,
  UNPAID_STATUSES,
  type PaymentTransactionStatus,
  type Unproven,
} from '@tenor/client';
import { certificateAt, finalHolding, minor, partyAt, sum, type Deal, type DealPayment } from './deal.js';
import { DealError, must } from './dealError.js';
import type { DealMoney } from './dealSchema.js';

const sameMoney = (money: DealMoney, other: { amount?: string; currency?: string }): boolean =>
  money.amount === other.amount && money.currency === other.currency;

const STATUS = '/Document/FIToFIPmtStsRpt';
const CREDIT = '/Document/BkToCstmrDbtCdtNtfctn/Ntfctn';

/** What proves nothing is refused at the place that cannot be read, else where the payment is named, with the reason. */
const unproven = ({ reason, problem }: Unproven, place: string, remedy: string, file: string): DealError =>
  new DealError(file, problem?.data.path ?? place, `${remedy} ${problem?.message ?? NO_PROOF[reason]}`, {
    cause: problem,
  });

/** Banks leave the amount out of their reports to each other (CBPR+): then it is the one that was presented. */
function assertSameTransaction(payment: DealPayment, transaction: PaymentTransactionStatus, file: string): void {
  const money = transaction.amount === undefined || sameMoney(payment.amount, transaction);
  const agrees = money && transaction.endToEndId === payment.endToEndId;
  must(agrees, `${STATUS}/TxInfAndSts`, `Take the report with the amount and end-to-end id of ${payment.key}.`, file);
}

function assertStatus(payment: DealPayment): void {
  const found = statusFor(payment.status, payment.uetr);
  const file = payment.statusFile;
  const remedy = `Take the report that names the UETR of ${payment.key} once.`;
  if (found.reason !== undefined) throw unproven(found, `${STATUS}/TxInfAndSts/OrgnlUETR`, remedy, file);
  const { transaction } = found;
  must(
    transaction.status === 'ACCC',
    `${STATUS}/TxInfAndSts/TxSts`,
    'Take the report that says ACCC: credited to the creditor.',
    file,
  );
  assertSameTransaction(payment, transaction, file);
}

function assertCredit(payment: DealPayment): void {
  const found = creditFor(payment.credit, payment.uetr);
  const file = payment.creditFile;
  const remedy = `Take the notification that credits the UETR of ${payment.key}.`;
  if (found.reason !== undefined) throw unproven(found, `${CREDIT}/Ntry`, remedy, file);
  const { credit } = found;
  must(
    sameMoney(payment.amount, credit),
    `${CREDIT}/Ntry/Amt`,
    `Take the notification of the amount of ${payment.key}.`,
    file,
  );
  must(
    credit.account.id === payment.account,
    `${CREDIT}/Acct`,
    `Take the notification for the account of ${payment.key}.`,
    file,
  );
  must(
    credit.valueDate === payment.valueDate,
    `${CREDIT}/Ntry/ValDt`,
    `Take the notification of the value date of ${payment.key}.`,
    file,
  );
}

function assertPayment(deal: Deal, payment: DealPayment, place: string): void {
  const payee = partyAt(deal, payment.payee, 'supplier', `${place}.payee`);
  partyAt(deal, payment.bank, 'bank', `${place}.bank`);
  const certificate = certificateAt(deal, payment.certificate, `${place}.certificate`);
  must(
    certificate.amount.currency === payment.amount.currency,
    `${place}.amount.currency`,
    'Use the currency of the certificate.',
  );
  const due = finalHolding(deal, certificate, payment.payee);
  must(due === minor(payment.amount), `${place}.amount`, 'Pay exactly what the payee holds in the end.');
  const owned = payee.accounts.some(
    (account) => account.id === payment.account && account.currency === payment.amount.currency,
  );
  must(owned, `${place}.account`, 'Name an account of the payee in this currency.');
  must(
    payment.valueDate === deal.maturityDate,
    `${place}.valueDate`,
    'Write the maturityDate: holders present on it, and money that came before or counts later pays none of them.',
  );
  assertStatus(payment);
  assertCredit(payment);
}

/** Each payment pays what its payee holds, each certificate is paid whole, each message agrees. @throws DealError */
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
  deal.certificates.forEach((certificate, index) => {
    const payments = deal.payments.filter((payment) => payment.certificate === certificate.key);
    const whole = sum(payments.map(({ amount }) => minor(amount))) === minor(certificate.amount);
    must(whole, `$.certificates[${String(index)}].amount`, 'Let the payments add up to the face of the certificate.');
  });
}

function paymentNamed(deal: Deal, key: string, place: string): DealPayment {
  const payment = deal.payments.find((candidate) => candidate.key === key);
  must(payment !== undefined, place, 'Name a payment of the deal.');
  return payment;
}

/** A status that the ledger takes, and after which another may follow. */
const isNotFinal = (status: string): boolean =>
  status !== 'ACCC' && !UNPAID_STATUSES.includes(status) && PAYMENT_STATUSES.some((known) => known === status);

function assertInProcess(deal: Deal): void {
  const { payment: key, status, statusFile: file } = deal.attempts.inProcess;
  const place = '$.attempts.inProcess.statusFile';
  const payment = paymentNamed(deal, key, '$.attempts.inProcess.payment');
  const found = statusFor(status, payment.uetr);
  const remedy = `Take a report that names the UETR of ${key} once.`;
  if (found.reason !== undefined) throw unproven(found, `${STATUS}/TxInfAndSts/OrgnlUETR`, remedy, file);
  must(isNotFinal(found.transaction.status), place, 'Name a report of that payment that is not final, such as ACSP.');
  assertSameTransaction(payment, found.transaction, file);
}

/** The false messages differ from the true ones in the one thing that must be refused. @throws DealError */
export function assertAttempts(deal: Deal): void {
  assertInProcess(deal);
  const { payment: key, credit: message, creditFile: file } = deal.attempts.anotherAccount;
  const paid = paymentNamed(deal, key, '$.attempts.anotherAccount.payment');
  const found = creditFor(message, paid.uetr);
  const remedy = `Take a notification that credits the UETR of ${key}.`;
  if (found.reason !== undefined) throw unproven(found, `${CREDIT}/Ntry`, remedy, file);
  const { credit } = found;
  must(
    sameMoney(paid.amount, credit) && credit.valueDate === paid.valueDate && credit.account.id !== paid.account,
    '$.attempts.anotherAccount.creditFile',
    "Name a credit of that payment, of its amount and value date, to an account that is not the payee's.",
  );
}
