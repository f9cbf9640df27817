/** Gives the first payee a free slice, issued on a line of its own, so that a user of the network has something to work with. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addMonths, claimIdOf, decimalOf, newReference } from '@tenor/client';
import { freeDueDate } from '../dealDates.js';
import { nameOf } from './names.js';
import type { Stage } from './stage.js';

/** Small enough for every deal: five million minor units, as USD 50,000.00. */
const AMOUNT = '5000000';

/** What was left, by id, and who holds it. */
export interface FreeSlice {
  readonly holder: string;
  readonly organization: string;
  readonly sliceId: string;
  readonly certificateId: string;
  readonly lineId: string;
  readonly currency: string;
  /** In major units. */
  readonly amount: string;
  readonly dueDate: string;
}

/** The parties, terms and ids of what is issued. */
interface Terms {
  readonly issuer: string;
  readonly bank: string;
  readonly payee: string;
  readonly currency: string;
  readonly businessDate: string;
  readonly dueDate: string;
  readonly lineId: string;
  readonly certificateId: string;
}

async function openLine(stage: Stage, { issuer, bank, currency, businessDate, lineId }: Terms): Promise<void> {
  const input = {
    ...{
      lineId,
      ticketId: stage.newId(bank),
      bank: stage.lei(bank),
      issuer: stage.lei(issuer),
      currency,
      limit: AMOUNT,
    },
    ...{ expiresOn: addMonths(businessDate, 2), revolving: true, autoConfirm: true },
  };
  const by = { party: input.bank, expiresOn: businessDate };
  const what = `line ${currency} ${decimalOf(AMOUNT, currency)}`;
  await stage.step(`prepare ${what}`, bank, 'Maker', ({ ticket }) => ticket.prepare('line:open', input, by));
  await stage.step(`open ${what}`, bank, 'Checker', ({ line }) => line.open(input));
}

/** Writes an invoice and claims it. @returns the claim's id */
async function claimInvoice(stage: Stage, terms: Terms, folder: string): Promise<string> {
  const { issuer, bank, payee, currency, businessDate } = terms;
  const number = `FREE-${newReference()}`;
  const amount = `${currency} ${decimalOf(AMOUNT, currency)}`;
  const [seller, buyer] = [stage.party(payee).name, stage.party(issuer).name];
  const invoice = `Invoice ${number} of ${seller} to ${buyer}: ${amount}, delivered on ${businessDate}.\n`;
  const file = `invoice-${number}.txt`;
  await writeFile(join(folder, file), invoice);
  const reservationId = stage.newId(issuer, bank);
  const document = { type: 'INVOICE' as const, number, issuedOn: businessDate, seller: stage.lei(payee) };
  const input = {
    ...{ ...document, reservationId, issuer: stage.lei(issuer), bank: stage.lei(bank), currency },
    ...{ capacity: AMOUNT, documentHash: createHash('sha256').update(invoice).digest('hex') },
  };
  await stage.step('claim an invoice', issuer, 'Maker', ({ document }) => document.claim(input));
  await stage.step('confirm the claim', bank, 'Checker', ({ document }) => document.confirm({ reservationId }));
  return claimIdOf(input);
}

async function issue(stage: Stage, terms: Terms, claimId: string): Promise<void> {
  const { issuer, bank, payee, currency, businessDate, dueDate, certificateId, lineId } = terms;
  const content = {
    ...{ issuer: stage.lei(issuer), bank: stage.lei(bank), payee: stage.lei(payee), currency, amount: AMOUNT },
    ...{ dueDate, calendar: stage.deal.calendar.id, mode: 'GUARANTEED' as const, deliveredOn: businessDate },
    claims: [{ claimId, amount: AMOUNT }],
  };
  await stage.step(`draft ${currency} ${decimalOf(AMOUNT, currency)}`, issuer, 'Maker', ({ certificate }) =>
    certificate.draft({ certificateId, ...content }),
  );
  await stage.step('submit; the line confirms at once', issuer, 'Checker', ({ certificate }) =>
    certificate.submit({ certificateId, lineId }),
  );
}

/**
 * Issues a certificate to the deal's first payee and has it accepted: its root slice is free for up to a month.
 * @param folder where the invoice behind it is written
 */
export async function leaveFreeSlice(stage: Stage, businessDate: string, folder: string): Promise<FreeSlice> {
  const [first] = stage.deal.certificates;
  if (first === undefined) throw new Error('a deal has a certificate');
  const { issuer, bank, payee, amount } = first;
  const dueDate = freeDueDate(stage.deal, businessDate);
  if (dueDate === undefined) throw new Error(`no working day follows ${businessDate} soon enough`);
  const terms: Terms = {
    ...{ issuer, bank, payee, currency: amount.currency, businessDate, dueDate },
    ...{ lineId: stage.newId(bank), certificateId: stage.newId(issuer, bank) },
  };
  await openLine(stage, terms);
  await issue(stage, terms, await claimInvoice(stage, terms, folder));
  const { certificateId, lineId, currency } = terms;
  await stage.step('offer to the payee', bank, 'Checker', ({ certificate }) =>
    certificate.offer({ certificateId, expiresOn: businessDate }),
  );
  const sliceId = stage.newId(payee, bank);
  const items = [{ certificateId, sliceId }];
  await stage.step('accept: the root slice', payee, 'Checker', ({ certificate }) => certificate.accept({ items }));
  const holder = stage.party(payee);
  return {
    ...{ holder: nameOf(holder), organization: holder.organization, sliceId, certificateId, lineId },
    ...{ currency, amount: decimalOf(AMOUNT, currency), dueDate },
  };
}
