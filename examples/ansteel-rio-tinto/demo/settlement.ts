/** Step 5 of the deal: holders present, the money is proven, presentments are discharged, certificates redeemed, lines restored. */
import {
  creditFor,
  electronicAccount,
  minorOf,
  PAYMENT_STATUSES,
  statusFor,
  type Account,
  type BookedCredit,
  type CreditNotification,
  type Input,
  type PaymentStatus,
} from '@tenor/client';
import type { DealPayment } from '../readDeal.js';
import type { Holdings } from './issuance.js';
import type { Stage } from './stage.js';

interface Report {
  readonly currency: string;
  readonly amount: string;
  readonly status: (typeof PAYMENT_STATUSES)[number];
  readonly messageHash: string;
}

/** What a pacs.002 says of a payment. The amount is the one that was presented, which the report repeats or leaves out. */
function reportOf(message: PaymentStatus, { uetr, amount: { amount, currency } }: DealPayment): Report {
  const { transaction, reason } = statusFor(message, uetr);
  const status = PAYMENT_STATUSES.find((code) => code === transaction?.status);
  if (status === undefined)
    throw new Error(`the pacs.002 does not report ${uetr}: ${reason ?? 'its status is not known'}`);
  return { currency, amount: minorOf(amount, currency), status, messageHash: message.sha256 };
}

/** What a camt.054 books for a payment. */
function creditOf(message: CreditNotification, uetr: string): BookedCredit {
  const { credit, reason } = creditFor(message, uetr);
  if (credit === undefined) throw new Error(`the camt.054 does not credit ${uetr}: ${reason}`);
  return credit;
}

type Attestation = Input<'payment:attest'>;

function attestationOf(
  stage: Stage,
  payment: DealPayment,
  presentmentId: string,
  message: CreditNotification,
): Attestation {
  const { currency, amount, account, reference, valueDate, sha256 } = creditOf(message, payment.uetr);
  return {
    ...{
      presentmentId,
      uetr: payment.uetr,
      ticketId: stage.newId(payment.bank),
      currency,
      amount: minorOf(amount, currency),
    },
    ...{
      account: electronicAccount(account),
      creditReference: reference,
      valueDate: valueDate ?? stage.deal.maturityDate,
      messageHash: sha256,
    },
  };
}

/** Presents, pays and discharges every holding of the deal, then redeems the certificates. */
export async function settleAll(stage: Stage, holdings: Holdings): Promise<void> {
  for (const payment of stage.deal.payments) await payOne(stage, payment, holdings);
  for (const certificate of stage.deal.certificates) {
    const held = holdings.get(certificate.key);
    if (held === undefined) continue;
    const input = { certificateId: held.certificateId, sliceIds: [...held.slices.values()] };
    await stage.step('redeem: count what is paid, restore the line', certificate.bank, 'Checker', ({ certificate }) =>
      certificate.redeem(input),
    );
  }
}

async function payOne(stage: Stage, payment: DealPayment, holdings: Holdings): Promise<void> {
  const { payee, bank, uetr, amount } = payment;
  const sliceId = holdings.get(payment.certificate)?.slices.get(payee);
  if (sliceId === undefined) throw new Error(`${payee} holds nothing of ${payment.certificate}`);
  const presentmentId = stage.newId(payee);
  const presentment = {
    ...{ presentmentId, ticketId: stage.newId(payee), sliceIds: [sliceId] },
    ...{ account: accountOf(stage, payment), payeeBank: stage.lei(bank) },
  };
  const byPayee = { party: stage.lei(payee), expiresOn: stage.deal.maturityDate };
  await stage.step('prepare the presentment', payee, 'Maker', ({ ticket }) =>
    ticket.prepare('slice:present', presentment, byPayee),
  );
  await stage.step(`present ${amount.currency} ${amount.amount}`, payee, 'Checker', ({ slice }) =>
    slice.present(presentment),
  );
  const { inProcess, anotherAccount } = stage.deal.attempts;
  const isInProcess = inProcess.payment === payment.key;
  if (isInProcess) await report(stage, payment, presentmentId, inProcess.statusFile, inProcess.status);
  else await report(stage, payment, presentmentId, payment.statusFile, payment.status);
  if (anotherAccount.payment === payment.key)
    await attemptAnotherAccount(stage, payment, presentmentId, anotherAccount.credit);
  await attest(stage, payment, presentmentId);
  const acknowledgement = { presentmentId, uetr, ticketId: stage.newId(payee) };
  await stage.step('prepare the acknowledgement', payee, 'Maker', ({ ticket }) =>
    ticket.prepare('presentment:acknowledge', acknowledgement, byPayee),
  );
  await stage.step('acknowledge the money', payee, 'Checker', ({ presentment }) =>
    presentment.acknowledge(acknowledgement),
  );
  const proof = { presentmentId, uetr };
  if (isInProcess) {
    await stage.refused(
      'discharge on a pacs.002 that says ACSP',
      bank,
      'Checker',
      'PAYMENT_NOT_FINAL',
      ({ presentment }) => presentment.discharge(proof),
    );
    await report(stage, payment, presentmentId, payment.statusFile, payment.status);
  }
  await stage.step('discharge: the slice is paid', bank, 'Checker', ({ presentment }) => presentment.discharge(proof));
}

/** The payee's account, as the ledger takes it: its bank writes it with dashes. */
function accountOf(stage: Stage, { payee, account }: DealPayment): Account {
  const owned = stage.party(payee).accounts.find(({ id }) => id === account);
  if (owned === undefined) throw new Error(`${payee} has no account ${account}`);
  return electronicAccount(owned);
}

async function report(
  stage: Stage,
  payment: DealPayment,
  presentmentId: string,
  file: string,
  message: PaymentStatus,
): Promise<void> {
  const { bank, uetr } = payment;
  const input = { presentmentId, uetr, ...reportOf(message, payment) };
  await stage.step(`report ${input.status} from ${file}`, bank, 'Checker', ({ payment }) => payment.report(input));
}

async function attest(stage: Stage, payment: DealPayment, presentmentId: string): Promise<void> {
  const { bank, creditFile, credit } = payment;
  const input = attestationOf(stage, payment, presentmentId, credit);
  const by = { party: stage.lei(bank), expiresOn: stage.deal.maturityDate };
  await stage.step('prepare the attestation', bank, 'Maker', ({ ticket }) =>
    ticket.prepare('payment:attest', input, by),
  );
  await stage.step(`attest the credit from ${creditFile}`, bank, 'Checker', ({ payment }) => payment.attest(input));
}

async function attemptAnotherAccount(
  stage: Stage,
  payment: DealPayment,
  presentmentId: string,
  message: CreditNotification,
): Promise<void> {
  const { bank } = payment;
  const input = attestationOf(stage, payment, presentmentId, message);
  const by = { party: stage.lei(bank), expiresOn: stage.deal.maturityDate };
  await stage.step('prepare a false attestation', bank, 'Maker', ({ ticket }) =>
    ticket.prepare('payment:attest', input, by),
  );
  const what = 'attest a camt.054 of another account';
  await stage.refused(what, bank, 'Checker', 'ACCOUNT_MISMATCH', ({ payment }) => payment.attest(input));
}
