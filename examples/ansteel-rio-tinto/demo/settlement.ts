/** Step 5 of the deal: holders present, the money is proven, presentments are discharged, certificates redeemed, lines restored. */
import {
  creditFor,
  electronicAccount,
  LIMITS,
  minorOf,
  PAYMENT_STATUSES,
  statusFor,
  type Account,
  type BookedCredit,
  type CreditNotification,
  type Input,
  type PaymentStatus,
} from '@tenor/client';
import { paymentName } from '../deal.js';
import type { DealPayment } from '../readDeal.js';
import { planTransfers, type PlannedSlice } from '../transferPlan.js';
import { chunksOf } from '../../scene/chunks.js';
import type { Holdings } from './issuance.js';
import type { Stage } from './stage.js';

interface Report {
  readonly currency: string;
  readonly amount: string;
  readonly status: (typeof PAYMENT_STATUSES)[number];
  readonly messageHash: string;
}

function statusOf(message: PaymentStatus, payment: DealPayment): Report['status'] {
  const { transaction, reason } = statusFor(message, paymentName(payment));
  const status = PAYMENT_STATUSES.find((code) => code === transaction?.status);
  if (status === undefined)
    throw new Error(`the pacs.002 does not report ${payment.key}: ${reason ?? 'its status is not known'}`);
  return status;
}

/** What a pacs.002 says of a payment. The amount is the one that was presented, which the report repeats or leaves out. */
function reportOf(message: PaymentStatus, payment: DealPayment): Report {
  const { amount, currency } = payment.amount;
  const status = statusOf(message, payment);
  return { currency, amount: minorOf(amount, currency), status, messageHash: message.sha256 };
}

/** What a camt.054 books for a payment. */
function creditOf(message: CreditNotification, payment: DealPayment): BookedCredit {
  const { credit, reason } = creditFor(message, paymentName(payment));
  if (credit === undefined) throw new Error(`the camt.054 does not credit ${payment.key}: ${reason}`);
  return credit;
}

/** What the ledger is told of a payment: its UETR, if it has one. */
const uetrOf = ({ uetr }: DealPayment): { uetr?: string } => (uetr === undefined ? {} : { uetr });

/** What the payee asks to stand on a payment that has none. */
const referenceOf = ({ uetr, endToEndId }: DealPayment): { endToEndId?: string } =>
  uetr === undefined ? { endToEndId } : {};

type Attestation = Input<'payment:attest'>;

function attestationOf(
  stage: Stage,
  payment: DealPayment,
  presentmentId: string,
  message: CreditNotification,
): Attestation {
  const { currency, amount, account, reference, valueDate, sha256 } = creditOf(message, payment);
  return {
    ...{
      presentmentId,
      ...uetrOf(payment),
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

/** The bank that pays a certificate when it is due. */
function payerBankOf(stage: Stage, { certificate }: Pick<DealPayment, 'certificate'>): string {
  const found = stage.deal.certificates.find(({ key }) => key === certificate);
  if (found === undefined) throw new Error(`the deal has no ${certificate}`);
  return found.bank;
}

/** Presents, pays and discharges every holding of the deal, then redeems the certificates. */
export async function settleAll(stage: Stage, holdings: Holdings): Promise<void> {
  const { held } = planTransfers(stage.deal);
  const idsOf = (key: string, slices: readonly PlannedSlice[]): string[] =>
    slices.map(({ name }) => holdings.get(key)?.slices.get(name) ?? '');
  for (const payment of stage.deal.payments) {
    const own = held.get(payment.certificate)?.filter(({ holder }) => holder === payment.payee) ?? [];
    await payOne(stage, payment, idsOf(payment.certificate, own));
  }
  for (const certificate of stage.deal.certificates) {
    const certificateId = holdings.get(certificate.key)?.certificateId ?? '';
    for (const sliceIds of chunksOf(idsOf(certificate.key, held.get(certificate.key) ?? []), LIMITS.bulkItems)) {
      await stage.step('redeem: count what is paid, restore the line', certificate.bank, 'Checker', (client) =>
        client.certificate.redeem({ certificateId, sliceIds }),
      );
    }
  }
}

/** All slices that the payee holds of a certificate are presented together, and one payment pays them. */
async function payOne(stage: Stage, payment: DealPayment, sliceIds: string[]): Promise<void> {
  const { payee, amount } = payment;
  const bank = payerBankOf(stage, payment);
  const presentmentId = stage.newId(payee);
  const presentment = {
    ...{ presentmentId, ticketId: stage.newId(payee), sliceIds },
    ...{ account: accountOf(stage, payment), payeeBank: stage.lei(payment.bank) },
    ...referenceOf(payment),
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
  const proof = { presentmentId, ...uetrOf(payment) };
  // A bank proves nothing against itself: where payer and payee share it, the payee says that the money came.
  if (payment.bank === bank) await acknowledge(stage, payment, presentmentId);
  if (isInProcess) {
    await stage.refused(
      `discharge on a pacs.002 that says ${statusOf(inProcess.status, payment)}`,
      bank,
      'Checker',
      'PAYMENT_NOT_FINAL',
      ({ presentment }) => presentment.discharge(proof),
    );
    await report(stage, payment, presentmentId, payment.statusFile, payment.status);
  }
  const paid = sliceIds.length === 1 ? 'the slice is paid' : `${String(sliceIds.length)} slices are paid`;
  await stage.step(`discharge: ${paid}`, bank, 'Checker', (client) => client.presentment.discharge(proof));
}

async function acknowledge(stage: Stage, payment: DealPayment, presentmentId: string): Promise<void> {
  const { payee } = payment;
  const input = { presentmentId, ...uetrOf(payment), ticketId: stage.newId(payee) };
  const by = { party: stage.lei(payee), expiresOn: stage.deal.maturityDate };
  await stage.step('prepare the acknowledgement', payee, 'Maker', ({ ticket }) =>
    ticket.prepare('presentment:acknowledge', input, by),
  );
  await stage.step('acknowledge the money', payee, 'Checker', (client) => client.presentment.acknowledge(input));
}

/** The payee's account, as the ledger takes it: its bank writes it with dashes. */
function accountOf(stage: Stage, { payee, account }: DealPayment): Account {
  return electronicAccount(stage.accountOf(payee, account));
}

async function report(
  stage: Stage,
  payment: DealPayment,
  presentmentId: string,
  file: string,
  message: PaymentStatus,
): Promise<void> {
  const bank = payerBankOf(stage, payment);
  const input = { presentmentId, ...uetrOf(payment), ...reportOf(message, payment) };
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
