/** A promise from nothing to its payee's hand: a line of its own, an invoice, a certificate that the line confirms at once, and its root slice. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addMonths, claimIdOf, newReference } from '@tenor/client';
import { say } from './money.js';
import type { Scene } from './scene.js';

/** Who promises what to whom. Parties by their keys. */
export interface Promised {
  readonly issuer: string;
  readonly bank: string;
  readonly payee: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: string;
  readonly dueDate: string;
}

/** What was issued, by id. */
export interface Issued {
  readonly sliceId: string;
  readonly certificateId: string;
  readonly lineId: string;
}

async function openLine(
  scene: Scene,
  { issuer, bank, currency, amount, dueDate }: Promised,
  lineId: string,
): Promise<void> {
  const input = {
    ...{ lineId, ticketId: scene.newId(bank), bank: scene.lei(bank), issuer: scene.lei(issuer) },
    ...{ currency, limit: amount, expiresOn: addMonths(dueDate, 1), revolving: true, autoConfirm: true },
  };
  const by = { party: input.bank, expiresOn: scene.date };
  const what = `line ${say({ currency, amount })}`;
  await scene.step(`prepare ${what}`, bank, 'Maker', ({ ticket }) => ticket.prepare('line:open', input, by));
  await scene.step(`open ${what}`, bank, 'Checker', ({ line }) => line.open(input));
}

/** Writes an invoice and claims it. @returns the claim's id */
async function claimInvoice(scene: Scene, promised: Promised, folder: string): Promise<string> {
  const { issuer, bank, payee, currency, amount } = promised;
  const number = `INV-${newReference()}`;
  const [seller, buyer] = [scene.party(payee).name, scene.party(issuer).name];
  const invoice = `Invoice ${number} of ${seller} to ${buyer}: ${say(promised)}, delivered on ${scene.date}.\n`;
  await writeFile(join(folder, `invoice-${number}.txt`), invoice);
  const reservationId = scene.newId(issuer, bank);
  const document = { type: 'INVOICE' as const, number, issuedOn: scene.date, seller: scene.lei(payee) };
  const input = {
    ...{ ...document, reservationId, issuer: scene.lei(issuer), bank: scene.lei(bank), currency },
    ...{ capacity: amount, documentHash: createHash('sha256').update(invoice).digest('hex') },
  };
  await scene.step('claim an invoice', issuer, 'Maker', ({ document }) => document.claim(input));
  await scene.step('confirm the claim', bank, 'Checker', ({ document }) => document.confirm({ reservationId }));
  return claimIdOf(input);
}

/**
 * Issues a certificate and has its payee accept it.
 * @param folder where the invoice behind it is written
 */
export async function issue(scene: Scene, promised: Promised, folder: string): Promise<Issued> {
  const { issuer, bank, payee, currency, amount, dueDate } = promised;
  const [lineId, certificateId] = [scene.newId(bank), scene.newId(issuer, bank)];
  await openLine(scene, promised, lineId);
  const claimId = await claimInvoice(scene, promised, folder);
  const content = {
    ...{ issuer: scene.lei(issuer), bank: scene.lei(bank), payee: scene.lei(payee), currency, amount, dueDate },
    ...{ calendar: scene.cast.calendar.id, mode: 'GUARANTEED' as const, deliveredOn: scene.date },
    claims: [{ claimId, amount }],
  };
  await scene.step(`draft ${say(promised)}`, issuer, 'Maker', ({ certificate }) =>
    certificate.draft({ certificateId, ...content }),
  );
  await scene.step('submit; the line confirms at once', issuer, 'Checker', ({ certificate }) =>
    certificate.submit({ certificateId, lineId }),
  );
  await scene.step('offer to the payee', bank, 'Checker', ({ certificate }) =>
    certificate.offer({ certificateId, expiresOn: scene.date }),
  );
  const sliceId = scene.newId(payee, bank);
  const items = [{ certificateId, sliceId }];
  await scene.step('accept: the root slice', payee, 'Checker', ({ certificate }) => certificate.accept({ items }));
  return { sliceId, certificateId, lineId };
}
