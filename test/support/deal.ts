/** The steps of a deal, as the suites take them: the inputs of a deal, sent by the clients of a world. Each returns the ids it drew. */
import { claimIdOf, newReference, type DraftContent, type Input, type Receipt } from '@tenor/client';
import {
  acknowledgeInput,
  attestInput,
  claimInput,
  confirmInput,
  contentOf as contentOn,
  lineInput,
  mandatedInput,
  mandateInput,
  paymentOf,
  presentInput,
  reinstateInput,
  reopenInput,
  reportInput,
  returnInput,
  transferInput,
  type LineOptions,
  type Payment as Presented,
} from '../deal/inputs.js';
import type { Place } from '../deal/players.js';
import { DUE, LEI, type PartyName, type World } from './world.js';

export { ACCOUNT } from '../deal/inputs.js';
export type { LineOptions, Payment as Presented } from '../deal/inputs.js';

const placeOf = (world: World): Place => ({
  date: world.date,
  id: (register, drawer) => world.newId(register, drawer),
  reference: newReference,
});

/** Opens a line: the bank's maker prepares, its checker opens. */
export async function openLine(world: World, options: Partial<LineOptions> = {}): Promise<string> {
  const { maker, checker, party } = world.people('bank');
  const input = lineInput(placeOf(world), { limit: '3400000000', expiresOn: '2027-12-31', ...options });
  await maker.ticket.prepare('line:open', input, { party, expiresOn: world.date });
  await checker.line.open(input);
  return input.lineId;
}

/** Claims an invoice of the supplier for the issuer at the bank. */
export async function claimInvoice(
  world: World,
  capacity: string,
  currency = 'USD',
  number: string = newReference(),
): Promise<string> {
  return claimDocument(world, { number, capacity, currency });
}

/** What a claim says otherwise than that an invoice of the supplier is claimed for the issuer at the bank, and who acts. */
export interface ClaimOptions extends Partial<Input<'document:claim'>> {
  readonly by?: PartyName;
  readonly host?: PartyName;
}

/** What claiming a document takes. */
export function claimOf(
  world: World,
  { by = 'issuer', host = 'bank', ...changes }: ClaimOptions,
): Input<'document:claim'> {
  const { number = newReference() } = changes;
  return { ...claimInput(placeOf(world), number, '100'), reservationId: world.newId(host, by), ...changes };
}

/** Claims a document, which the bank's checker confirms. */
export async function claimDocument(world: World, options: ClaimOptions = {}): Promise<string> {
  const { by = 'issuer', host = 'bank' } = options;
  const input = claimOf(world, options);
  const { reservationId } = input;
  await world.people(by).maker.document.claim(input);
  await world.people(host).checker.document.confirm({ reservationId });
  return claimIdOf(input);
}

/** A certificate's content over one claim, delivered on the Friday before the first business date. */
export const contentOf = (amount: string, claimId: string, changes: Partial<DraftContent> = {}): DraftContent =>
  contentOn({ date: '2026-11-20' }, claimId, amount, { dueDate: DUE, ...changes });

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
  const input = confirmInput(placeOf(world), lineId, certificateIds);
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
  const input = transferInput(placeOf(world), sliceId, expiresOn);
  await maker.ticket.prepare('slice:offer', input, { party, expiresOn: world.date });
  await checker.slice.offer(input);
  return input.transferId;
}

/** Passes the supplier's slice to the contractor. */
export async function transfer(world: World, sliceId: string): Promise<void> {
  const transferId = await offerSlice(world, sliceId);
  await world.people('contractor').checker.slice.accept({ sliceId, transferId });
}

/** Presents due slices of one holder under four eyes, payable at its bank: the confirming bank, unless another one is named. */
export async function present(
  world: World,
  holder: PartyName,
  sliceIds: string[],
  payeeBank: string = LEI.bank,
): Promise<Presented> {
  const { checker } = world.people(holder);
  const input = { ...presentInput(placeOf(world), holder, sliceIds), payeeBank };
  await presentAs(world, holder, input);
  const { record } = await checker.book.presentment.get(input.presentmentId);
  return paymentOf(input, record.amount, record.currency);
}

/** What a holder asks for when it presents at the confirming bank. */
export const presentation = (world: World, holder: PartyName, sliceIds: string[]): Input<'slice:present'> =>
  presentInput(placeOf(world), holder, sliceIds);

/** Presents under four eyes whatever is asked for. */
export async function presentAs(world: World, holder: PartyName, input: Input<'slice:present'>): Promise<Receipt> {
  const { maker, checker, party } = world.people(holder);
  await maker.ticket.prepare('slice:present', input, { party, expiresOn: world.date });
  return checker.slice.present(input);
}

/** Lets the confirming bank present the slices of a holder by itself, under four eyes. Answers the mandate's id. */
export async function giveMandate(
  world: World,
  holder: PartyName,
  changes: Partial<Input<'mandate:give'>> = {},
): Promise<string> {
  const { maker, checker, party } = world.people(holder);
  const input = { ...mandateInput(placeOf(world), holder), ...changes };
  await maker.ticket.prepare('mandate:give', input, { party, expiresOn: world.date });
  await checker.mandate.give(input);
  return input.mandateId;
}

/** Presents due slices of a holder as the bank to which it gave a mandate. */
export async function presentByMandate(
  world: World,
  holder: PartyName,
  mandateId: string,
  sliceIds: string[],
): Promise<Receipt & { readonly presentmentId: string }> {
  const input = mandatedInput(placeOf(world), holder, mandateId, sliceIds);
  return { ...(await world.people('bank').maker.slice.presentUnderMandate(input)), presentmentId: input.presentmentId };
}

/** Reports a payment as the payer's bank. */
export async function report(
  world: World,
  presented: Presented,
  status: 'ACCC' | 'ACSP' | 'RJCT' = 'ACCC',
): Promise<Receipt> {
  return world.people('bank').checker.payment.report(reportInput(presented, status));
}

/** Attests a credit as the payee's bank, under four eyes: the confirming bank, unless another one is named. */
export async function attest(
  world: World,
  presented: Presented,
  account?: Input<'payment:attest'>['account'],
  { host, party }: { readonly host: PartyName; readonly party: string } = { host: 'bank', party: LEI.bank },
): Promise<Receipt> {
  return attestAs(world, host, party, attestation(world, host, presented, account));
}

/** What the bank of a payee attests. */
export const attestation = (
  world: World,
  host: PartyName,
  presented: Presented,
  account?: Input<'payment:attest'>['account'],
): Input<'payment:attest'> => ({
  ...attestInput(placeOf(world), presented, account),
  ticketId: world.newId(host),
});

/** Attests under four eyes whatever is asked for. */
export async function attestAs(
  world: World,
  host: PartyName,
  party: string,
  input: Input<'payment:attest'>,
): Promise<Receipt> {
  const { maker, checker } = world.people(host);
  await maker.ticket.prepare('payment:attest', input, { party, expiresOn: world.date });
  return checker.payment.attest(input);
}

/** Acknowledges a payment as the payee, under four eyes. */
export async function acknowledge(
  world: World,
  holder: PartyName,
  presented: Presented,
  changes: Partial<Input<'presentment:acknowledge'>> = {},
): Promise<Receipt> {
  const { maker, checker, party } = world.people(holder);
  const input = { ...acknowledgeInput(placeOf(world), holder, presented), ticketId: maker.newId(), ...changes };
  await maker.ticket.prepare('presentment:acknowledge', input, { party, expiresOn: world.date });
  return checker.presentment.acknowledge(input);
}

/** Reopens a presentment under four eyes. */
export async function reopen(
  world: World,
  presented: Pick<Presented, 'presentmentId' | 'uetr'>,
  changes: Pick<Input<'presentment:reopen'>, 'books'> = {},
): Promise<Receipt> {
  const { maker, checker, party } = world.people('bank');
  const input = { ...reopenInput(placeOf(world), presented), ...changes };
  await maker.ticket.prepare('presentment:reopen', input, { party, expiresOn: world.date });
  return checker.presentment.reopen(input);
}

/** Records under four eyes that the payee's bank sent a payment back, in its own book alone. */
export async function sendBack(
  world: World,
  presented: Presented,
  { host, party }: { readonly host: PartyName; readonly party: string },
  changes: Partial<Input<'payment:return'>> = {},
): Promise<Receipt> {
  const { maker, checker } = world.people(host);
  const input = { ...returnInput(placeOf(world), presented), ticketId: world.newId(host), ...changes };
  await maker.ticket.prepare('payment:return', input, { party, expiresOn: world.date });
  return checker.payment.return(input);
}

/** Makes owed again, under four eyes, what a payment had paid that was sent back. */
export async function reinstate(
  world: World,
  presented: Presented,
  changes: Pick<Input<'slice:reinstate'>, 'books'> = {},
): Promise<Receipt> {
  const { maker, checker, party } = world.people('bank');
  const input = { ...reinstateInput(placeOf(world), presented), ...changes };
  await maker.ticket.prepare('slice:reinstate', input, { party, expiresOn: world.date });
  return checker.slice.reinstate(input);
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
