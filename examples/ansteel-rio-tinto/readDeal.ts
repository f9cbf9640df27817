/** Reads a deal: `deal.json` and every file it names. What comes back is complete, strictly shaped and consistent. */
import { DocumentError, readBillOfLading, readCreditNotification, readInvoice, readPaymentStatus } from '@tenor/client';
import type { z } from 'zod';
import type { Deal, DealDocument, DealPayment, WithDocuments } from './deal.js';
import { DEAL_FILE, DealError } from './dealError.js';
import { bytesOf, dealFolder } from './dealFiles.js';
import { readJson, type DealJson } from './dealJson.js';
import { assertAttempts, assertPayments } from './dealPaymentChecks.js';
import { zDeal, type DealFile, type DocumentEntry, type PaymentEntry } from './dealSchema.js';
import { assertTrade } from './dealTradeChecks.js';

export type { Deal, DealCertificate, DealPayment, DealTransfer } from './deal.js';
export { DealError } from './dealError.js';
export type { DealParty } from './dealSchema.js';

/** Reads one file through a reader; what the reader refuses is told with the file's name. */
async function readWith<T>(folder: string, file: string, read: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await bytesOf(folder, file);
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new DealError(file, error.data.path ?? '', error.message, { cause: error });
  }
}

async function documentOf(folder: string, entry: DocumentEntry): Promise<DealDocument> {
  if (entry.type === 'INVOICE') return { ...entry, document: await readWith(folder, entry.file, readInvoice) };
  return { ...entry, document: await readWith(folder, entry.file, readBillOfLading) };
}

async function withDocuments<Entry extends { readonly documents: readonly DocumentEntry[] }>(
  folder: string,
  entry: Entry,
): Promise<WithDocuments<Entry>> {
  return { ...entry, documents: await Promise.all(entry.documents.map((document) => documentOf(folder, document))) };
}

async function paymentOf(folder: string, entry: PaymentEntry): Promise<DealPayment> {
  const [status, credit] = await Promise.all([
    readWith(folder, entry.statusFile, readPaymentStatus),
    readWith(folder, entry.creditFile, readCreditNotification),
  ]);
  return { ...entry, status, credit };
}

async function attemptsOf(
  folder: string,
  { overLine, inProcess, anotherAccount }: DealFile['attempts'],
): Promise<Deal['attempts']> {
  return {
    overLine: await withDocuments(folder, overLine),
    inProcess: { ...inProcess, status: await readWith(folder, inProcess.statusFile, readPaymentStatus) },
    anotherAccount: {
      ...anotherAccount,
      credit: await readWith(folder, anotherAccount.creditFile, readCreditNotification),
    },
  };
}

/** A field as it stands in a path; one that no format has may hold anything, and is not shown as it is. */
const fieldStep = (field: string): string =>
  /^[\w-]+$/.test(field) ? `.${field}` : `["${field.replace(/[\p{C}"\\]/gu, '?').slice(0, 40)}"]`;

const jsonPath = (steps: readonly PropertyKey[]): string =>
  `$${steps.map((step) => (typeof step === 'number' ? `[${String(step)}]` : fieldStep(String(step)))).join('')}`;

function refusal(issue: z.core.$ZodIssue | undefined): DealError {
  if (issue?.code === 'unrecognized_keys') {
    const place = jsonPath([...issue.path, issue.keys[0] ?? '']);
    return new DealError(DEAL_FILE, place, 'Remove this field, or correct its name: it is not part of the format.');
  }
  return new DealError(DEAL_FILE, jsonPath(issue?.path ?? []), issue?.message ?? 'Correct this value.');
}

/** Reads the files that the deal names, and checks everything as a whole. */
async function dealIn(folder: string, { value }: DealJson): Promise<Deal> {
  const parsed = zDeal.safeParse(value);
  if (!parsed.success) throw refusal(parsed.error.issues[0]);
  const { certificates, transfers, payments, attempts, ...rest } = parsed.data;
  const deal: Deal = {
    ...rest,
    certificates: await Promise.all(certificates.map((entry) => withDocuments(folder, entry))),
    transfers: await Promise.all(transfers.map((entry) => withDocuments(folder, entry))),
    payments: await Promise.all(payments.map((entry) => paymentOf(folder, entry))),
    attempts: await attemptsOf(folder, attempts),
  };
  assertTrade(deal);
  assertPayments(deal);
  assertAttempts(deal);
  return deal;
}

/**
 * Reads the deal in `folder` and checks it as a whole: sums, parties, dates, accounts, documents, messages. What it accepts can be played
 * to the end.
 * @throws DealError naming the file, the place, its line in deal.json, and the remedy
 */
export async function readDeal(folder: string): Promise<Deal> {
  const real = await dealFolder(folder);
  const json = await readWith(real, DEAL_FILE, readJson);
  try {
    return await dealIn(real, json);
  } catch (error) {
    if (!(error instanceof DealError) || !error.place.startsWith('$')) throw error;
    const { file, place, remedy, cause } = error;
    throw new DealError(file, place, remedy, { cause, line: json.lineOf(place) });
  }
}
