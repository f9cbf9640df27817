/** Reads a deal: `deal.json` and every file it names. What comes back is complete, strictly shaped and consistent. */
import type { z } from 'zod';
import type { Deal, DealDocument, DealPayment, WithDocuments } from './deal.js';
import { DEAL_FILE, DealError } from './dealError.js';
import { bytesOf, dealFolder } from './dealFiles.js';
import { readJson, type DealJson } from './dealJson.js';
import { jsonPath } from './dealPlaces.js';
import { CREDIT_NOTIFICATION, DOCUMENTS, PAYMENT_STATUS, readWith } from './dealReaders.js';
import { assertAttempts, assertPayments } from './dealPaymentChecks.js';
import { zDeal, type DealFile, type DocumentEntry, type PaymentEntry } from './dealSchema.js';
import { assertTrade } from './dealTradeChecks.js';

export type { Deal, DealCertificate, DealPayment, DealTransfer } from './deal.js';
export { DealError } from './dealError.js';
export type { DealParty } from './dealSchema.js';

async function documentOf(folder: string, entry: DocumentEntry, place: string): Promise<DealDocument> {
  const named = { file: entry.file, entry: `${place}.file` };
  if (entry.type === 'INVOICE') return { ...entry, document: await readWith(folder, named, DOCUMENTS.INVOICE) };
  return { ...entry, document: await readWith(folder, named, DOCUMENTS.BILL_OF_LADING) };
}

async function withDocuments<Entry extends { readonly documents: readonly DocumentEntry[] }>(
  folder: string,
  entry: Entry,
  place: string,
): Promise<WithDocuments<Entry>> {
  const documents = entry.documents.map((each, index) =>
    documentOf(folder, each, `${place}.documents[${String(index)}]`),
  );
  return { ...entry, documents: await Promise.all(documents) };
}

async function paymentOf(folder: string, entry: PaymentEntry, place: string): Promise<DealPayment> {
  const [status, credit] = await Promise.all([
    readWith(folder, { file: entry.statusFile, entry: `${place}.statusFile` }, PAYMENT_STATUS),
    readWith(folder, { file: entry.creditFile, entry: `${place}.creditFile` }, CREDIT_NOTIFICATION),
  ]);
  return { ...entry, status, credit };
}

async function attemptsOf(
  folder: string,
  { overLine, inProcess, anotherAccount }: DealFile['attempts'],
): Promise<Deal['attempts']> {
  const report = { file: inProcess.statusFile, entry: '$.attempts.inProcess.statusFile' };
  const notification = { file: anotherAccount.creditFile, entry: '$.attempts.anotherAccount.creditFile' };
  return {
    overLine: await withDocuments(folder, overLine, '$.attempts.overLine'),
    inProcess: { ...inProcess, status: await readWith(folder, report, PAYMENT_STATUS) },
    anotherAccount: { ...anotherAccount, credit: await readWith(folder, notification, CREDIT_NOTIFICATION) },
  };
}

/** What stands at a path of a JSON value. */
const valueAt = (value: unknown, steps: readonly PropertyKey[]): unknown =>
  steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined),
    value,
  );

/** zod's first complaint. Its messages are remedies; that a value is missing is said before them. */
function refusal(issue: z.core.$ZodIssue | undefined, value: unknown): DealError {
  const steps = issue?.path ?? [];
  const remedy = issue?.message ?? 'Correct this value.';
  if (issue?.code === 'unrecognized_keys')
    return new DealError(DEAL_FILE, jsonPath([...steps, issue.keys[0] ?? '']), remedy);
  const isMissing = valueAt(value, steps) === undefined;
  return new DealError(DEAL_FILE, jsonPath(steps), isMissing ? `Add this field, which is missing. ${remedy}` : remedy);
}

/** Reads the files that the deal names, and checks everything as a whole. */
async function dealIn(folder: string, { value }: DealJson): Promise<Deal> {
  const parsed = zDeal.safeParse(value);
  if (!parsed.success) throw refusal(parsed.error.issues[0], value);
  const { certificates, transfers, payments, attempts, ...rest } = parsed.data;
  const deal: Deal = {
    ...rest,
    certificates: await Promise.all(
      certificates.map((entry, index) => withDocuments(folder, entry, `$.certificates[${String(index)}]`)),
    ),
    transfers: await Promise.all(
      transfers.map((entry, index) => withDocuments(folder, entry, `$.transfers[${String(index)}]`)),
    ),
    payments: await Promise.all(
      payments.map((entry, index) => paymentOf(folder, entry, `$.payments[${String(index)}]`)),
    ),
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
  const json = readJson(await bytesOf(real, DEAL_FILE));
  try {
    return await dealIn(real, json);
  } catch (error) {
    if (!(error instanceof DealError)) throw error;
    const { file, place, remedy, cause, entry } = error;
    throw new DealError(file, place, remedy, { cause, entry, line: json.lineOf(entry ?? place) });
  }
}
