/** The steps of a deal, as the suites take them. Each returns the ids it drew. */
import { createHash, randomUUID } from 'node:crypto';
import { claimIdOf, newReference, type DraftContent, type Receipt } from '@tenor/client';
import { DUE, LEI, type PartyName, type World } from './world.js';

/** A line with room for the suites' certificates. */
export interface LineOptions {
  readonly limit?: string;
  readonly currency?: string;
  readonly autoConfirm?: boolean;
  readonly expiresOn?: string;
}

/** Opens a line: the bank's maker prepares, its checker opens. */
export async function openLine(world: World, options: LineOptions = {}): Promise<string> {
  const { maker, checker, party } = world.people('bank');
  const lineId = checker.newId();
  const terms = { limit: '3400000000', currency: 'USD', autoConfirm: false, expiresOn: '2027-12-31', ...options };
  const input = { lineId, ticketId: maker.newId(), bank: LEI.bank, issuer: LEI.issuer, revolving: true, ...terms };
  await maker.ticket.prepare('line:open', input, { party, expiresOn: world.date });
  await checker.line.open(input);
  return lineId;
}

/** Claims an invoice of the supplier for the issuer at the bank. */
export async function claimInvoice(
  world: World,
  capacity: string,
  currency = 'USD',
  number: string = newReference(),
): Promise<string> {
  const document = { type: 'INVOICE' as const, number, seller: LEI.supplier };
  const claimId = claimIdOf(document);
  const documentHash = createHash('sha256').update(number).digest('hex');
  await world.people('issuer').maker.document.claim({
    ...{ claimId, ...document, issuer: LEI.issuer, bank: LEI.bank, currency, capacity, documentHash },
  });
  return claimId;
}

/** A certificate's content over one claim. */
export function contentOf(amount: string, claimId: string, changes: Partial<DraftContent> = {}): DraftContent {
  return {
    ...{
      issuer: LEI.issuer,
      bank: LEI.bank,
      payee: LEI.supplier,
      currency: 'USD',
      amount,
      dueDate: DUE,
      calendar: 'CN',
    },
    ...{ mode: 'GUARANTEED', deliveredOn: '2026-11-20', claims: [{ claimId, amount }] },
    ...changes,
  };
}

/** Drafts and submits a certificate; `lineId` asks for automatic confirmation. */
export async function submitCertificate(
  world: World,
  amount: string,
  options: { lineId?: string; changes?: Partial<DraftContent> } = {},
): Promise<string> {
  const { maker, checker } = world.people('issuer');
  const claimId = await claimInvoice(world, amount, options.changes?.currency ?? 'USD');
  const certificateId = world.newId('bank', 'issuer');
  await maker.certificate.draft({ certificateId, ...contentOf(amount, claimId, options.changes) });
  await checker.certificate.submit(
    options.lineId === undefined ? { certificateId } : { certificateId, lineId: options.lineId },
  );
  return certificateId;
}

/** Confirms certificates on a line: the bank's maker prepares, its checker confirms. */
export async function confirm(world: World, lineId: string, certificateIds: string[]): Promise<Receipt> {
  const { maker, checker, party } = world.people('bank');
  const input = { certificateIds, lineId, ticketId: maker.newId() };
  await maker.ticket.prepare('certificate:confirm', input, { party, expiresOn: world.date });
  return checker.certificate.confirm(input);
}

/** Offers a confirmed certificate to its payee. */
export async function offer(world: World, certificateId: string, expiresOn = '2026-12-15'): Promise<Receipt> {
  return world.people('bank').checker.certificate.offer({ certificateId, expiresOn });
}

/** Accepts an offer: the root slice. */
export async function accept(world: World, certificateId: string): Promise<string> {
  const sliceId = world.newId('bank', 'supplier');
  await world.people('supplier').checker.certificate.accept({ items: [{ certificateId, sliceId }] });
  return sliceId;
}

/** A certificate in its payee's hands, with its root slice. */
export interface Issued {
  readonly lineId: string;
  readonly certificateId: string;
  readonly sliceId: string;
}

/** From nothing to an accepted certificate. */
export async function issue(world: World, amount = '100000'): Promise<Issued> {
  const lineId = await openLine(world, { limit: amount });
  const certificateId = await submitCertificate(world, amount);
  await confirm(world, lineId, [certificateId]);
  await offer(world, certificateId);
  return { lineId, certificateId, sliceId: await accept(world, certificateId) };
}

/** Splits the supplier's slice. */
export async function split(world: World, sliceId: string, amounts: string[]): Promise<string[]> {
  const partIds = amounts.map(() => world.newId('bank', 'supplier'));
  await world.people('supplier').checker.slice.split({ sliceId, partIds, amounts });
  return partIds;
}

/** Offers the supplier's slice to the contractor, under four eyes. */
export async function offerSlice(world: World, sliceId: string, expiresOn = '2026-12-15'): Promise<string> {
  const { maker, checker, party } = world.people('supplier');
  const input = { sliceId, transferId: newReference(), ticketId: maker.newId(), transferee: LEI.contractor, expiresOn };
  await maker.ticket.prepare('slice:offer', input, { party, expiresOn: world.date });
  await checker.slice.offer(input);
  return input.transferId;
}

/** Passes the supplier's slice to the contractor. */
export async function transfer(world: World, sliceId: string): Promise<void> {
  const transferId = await offerSlice(world, sliceId);
  await world.people('contractor').checker.slice.accept({ sliceId, transferId });
}

/** Account that the suites present for. */
export const ACCOUNT = 'AU-063000-12345678';

/** A presentment with the amount it asks for. */
export interface Presented {
  readonly presentmentId: string;
  readonly uetr: string;
  readonly currency: string;
  readonly amount: string;
}

/** Presents due slices of one holder, payable at its bank: the confirming bank, unless another one is named. */
export async function present(
  world: World,
  holder: PartyName,
  sliceIds: string[],
  payeeBank: string = LEI.bank,
): Promise<Presented> {
  const { checker } = world.people(holder);
  const presentmentId = checker.newId();
  await checker.slice.present({ presentmentId, sliceIds, account: ACCOUNT, payeeBank });
  const { record } = await checker.book.presentment.get(presentmentId);
  const uetr = randomUUID();
  return { presentmentId, uetr, currency: record.currency, amount: record.amount };
}

const MESSAGE_HASH = 'ab'.repeat(32);

/** Reports a payment as the payer's bank. */
export async function report(
  world: World,
  presented: Presented,
  status: 'ACCC' | 'ACSP' | 'RJCT' = 'ACCC',
): Promise<Receipt> {
  const { presentmentId, uetr, currency, amount } = presented;
  return world
    .people('bank')
    .checker.payment.report({ presentmentId, uetr, currency, amount, status, messageHash: MESSAGE_HASH });
}

/** Attests a credit as the payee's bank, under four eyes: the confirming bank, unless another one is named. */
export async function attest(
  world: World,
  presented: Presented,
  account = ACCOUNT,
  { host, party }: { readonly host: PartyName; readonly party: string } = { host: 'bank', party: LEI.bank },
): Promise<Receipt> {
  const { maker, checker } = world.people(host);
  const { presentmentId, uetr, currency, amount } = presented;
  const input = {
    presentmentId,
    uetr,
    currency,
    amount,
    account,
    ticketId: maker.newId(),
    valueDate: world.date,
    messageHash: MESSAGE_HASH,
  };
  await maker.ticket.prepare('payment:attest', input, { party, expiresOn: world.date });
  return checker.payment.attest(input);
}

/** Acknowledges a payment as the payee. */
export async function acknowledge(world: World, holder: PartyName, presented: Presented): Promise<Receipt> {
  const { presentmentId, uetr } = presented;
  return world.people(holder).checker.presentment.acknowledge({ presentmentId, uetr });
}

/** Releases against proof. */
export async function release(world: World, presented: Presented): Promise<Receipt> {
  const { presentmentId, uetr } = presented;
  return world.people('bank').checker.presentment.discharge({ presentmentId, uetr });
}

/** Presents, pays, proves and releases slices of one holder. */
export async function pay(world: World, holder: PartyName, sliceIds: string[]): Promise<Presented> {
  const presented = await present(world, holder, sliceIds);
  await report(world, presented);
  await attest(world, presented);
  await acknowledge(world, holder, presented);
  await release(world, presented);
  return presented;
}
