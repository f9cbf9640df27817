/** The steps of a deal that cases and properties begin with. Dates follow the business date of the stage. */
import { randomUUID } from 'node:crypto';
import { claimIdOf } from '../../../client/src/ids.js';
import type { Input } from '../../../client/src/input.js';
import type { CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import { addMonths, stepDay, weekday } from '../../../chaincode/src/protocol/dates.js';
import { DUE, HASH } from './facts.js';
import { LEI, type PlayerName, type Stage } from './stage.js';

/** Account that cases present for. */
const ACCOUNT = 'AU-063000-12345678';
/** Face of the certificates of cases, in cents: digits that appear nowhere else. */
export const AMOUNT = '91827364';
const MONDAY = 0;

/** The due date of a certificate that is drafted now: four months on, on a Monday. */
export function dueOf({ date }: Stage): string {
  if (date < '2026-12-01') return DUE;
  let day = addMonths(date, 4);
  while (weekday(day) !== MONDAY) day = stepDay(day, 1);
  return day;
}

/** Last day of an offer that is made now. */
export const offerEndOf = ({ date }: Stage): string => (date <= '2026-12-01' ? '2026-12-15' : addMonths(date, 1));

/** Acts under a ticket of the player's maker. */
async function actWithTicket<Name extends CommandName>(
  stage: Stage,
  player: PlayerName,
  name: Name,
  input: Input<Name> & { readonly ticketId: string },
): Promise<void> {
  await stage.prepare(player, name, input);
  await stage.act(player, 'checker', name, input);
}

/** What opening a line takes. */
export function lineInput(
  stage: Stage,
  limit: string,
  autoConfirm = false,
): Input<'line:open'> & { readonly ticketId: string } {
  const parties = { bank: LEI.bank, issuer: LEI.issuer, currency: 'USD' };
  const terms = { limit, expiresOn: '2039-12-31', revolving: true, autoConfirm };
  return { lineId: stage.id('bank'), ticketId: stage.id('bank'), ...parties, ...terms };
}

/** Opens a line. */
export async function openLine(stage: Stage, limit: string, autoConfirm = false): Promise<string> {
  const input = lineInput(stage, limit, autoConfirm);
  await actWithTicket(stage, 'bank', 'line:open', input);
  return input.lineId;
}

/** What claiming an invoice takes. */
export function claimInput(number: string, capacity: string): Input<'document:claim'> {
  const document = { type: 'INVOICE' as const, number, seller: LEI.supplier };
  const parties = { issuer: LEI.issuer, bank: LEI.bank, currency: 'USD' };
  return { claimId: claimIdOf(document), ...document, ...parties, capacity, documentHash: HASH };
}

/** Claims an invoice. */
export async function claim(stage: Stage, number: string, capacity: string): Promise<string> {
  const input = claimInput(number, capacity);
  await stage.act('issuer', 'maker', 'document:claim', input);
  return input.claimId;
}

/** What drafting a certificate over a claim takes. */
export function draftInput(stage: Stage, claimId: string, amount: string): Input<'certificate:draft'> {
  const parties = { issuer: LEI.issuer, bank: LEI.bank, payee: LEI.supplier };
  const content = { currency: 'USD', amount, dueDate: dueOf(stage), calendar: 'CN', mode: 'GUARANTEED' as const };
  const backing = { deliveredOn: stage.date, claims: [{ claimId, amount }] };
  return { certificateId: stage.id('bank', 'issuer'), ...parties, ...content, ...backing };
}

/** Drafts a certificate over a claim. */
export async function draft(stage: Stage, claimId: string, amount: string): Promise<string> {
  const input = draftInput(stage, claimId, amount);
  await stage.act('issuer', 'maker', 'certificate:draft', input);
  return input.certificateId;
}

/** A draft over a document of its own. */
export const drafted = async (stage: Stage, amount: string): Promise<string> =>
  draft(stage, await claim(stage, stage.reference(), amount), amount);

/** A submitted certificate over a document of its own. */
export async function submitted(stage: Stage, amount: string): Promise<string> {
  const certificateId = await drafted(stage, amount);
  await stage.act('issuer', 'checker', 'certificate:submit', { certificateId });
  return certificateId;
}

/** A confirmed certificate on a line of its own. */
export async function confirmed(
  stage: Stage,
  amount: string,
): Promise<{ readonly certificateId: string; readonly lineId: string }> {
  const lineId = await openLine(stage, amount);
  const certificateId = await submitted(stage, amount);
  const input = { certificateIds: [certificateId], lineId, ticketId: stage.id('bank') };
  await actWithTicket(stage, 'bank', 'certificate:confirm', input);
  return { certificateId, lineId };
}

/** A certificate that is offered to the supplier. */
export async function offered(
  stage: Stage,
  amount: string,
): Promise<{ readonly certificateId: string; readonly lineId: string }> {
  const found = await confirmed(stage, amount);
  const { certificateId } = found;
  await stage.act('bank', 'checker', 'certificate:offer', { certificateId, expiresOn: offerEndOf(stage) });
  return found;
}

/** A certificate in the supplier's hands. */
export async function issued(
  stage: Stage,
  amount: string,
): Promise<{ readonly certificateId: string; readonly sliceId: string; readonly lineId: string }> {
  const found = await offered(stage, amount);
  const sliceId = stage.id('bank', 'supplier');
  const items = [{ certificateId: found.certificateId, sliceId }];
  await stage.act('supplier', 'checker', 'certificate:accept', { items });
  return { ...found, sliceId };
}

/** A slice in the supplier's hands that is due. */
export async function due(
  stage: Stage,
  amount: string,
): Promise<{ readonly certificateId: string; readonly sliceId: string }> {
  const date = dueOf(stage);
  const found = await issued(stage, amount);
  await stage.moveTo(date);
  return found;
}

/** What offering the supplier's slice to the contractor takes. */
export function transferInput(stage: Stage, sliceId: string): Input<'slice:offer'> & { readonly ticketId: string } {
  const offer = { transferee: LEI.contractor, expiresOn: offerEndOf(stage) };
  return { sliceId, transferId: stage.reference(), ticketId: stage.id('supplier'), ...offer };
}

/** Offers the supplier's slice to the contractor. */
export async function offerSlice(
  stage: Stage,
  sliceId: string,
): Promise<{ readonly sliceId: string; readonly transferId: string }> {
  const input = transferInput(stage, sliceId);
  await actWithTicket(stage, 'supplier', 'slice:offer', input);
  return { sliceId, transferId: input.transferId };
}

/** One presentment and the payment of it. */
export interface Payment {
  readonly presentmentId: string;
  readonly uetr: string;
  readonly amount: string;
}

/** What presenting slices at the certificate's bank takes. */
export const presentInput = (stage: Stage, holder: PlayerName, sliceIds: string[]): Input<'slice:present'> => ({
  ...{ presentmentId: stage.id(holder), sliceIds, account: ACCOUNT, payeeBank: LEI.bank },
});

/** The payment that a presentment asks for. */
export const paymentOf = ({ presentmentId }: Input<'slice:present'>, amount: string): Payment => ({
  ...{ presentmentId, uetr: randomUUID(), amount },
});

/** Presents slices of a holder at the certificate's bank. */
export async function presented(
  stage: Stage,
  holder: PlayerName,
  sliceIds: string[],
  amount: string,
): Promise<Payment> {
  const input = presentInput(stage, holder, sliceIds);
  await stage.act(holder, 'checker', 'slice:present', input);
  return paymentOf(input, amount);
}

/** What the payer's bank reports. */
export const reportInput = ({ presentmentId, uetr, amount }: Payment): Input<'payment:report'> => ({
  ...{ presentmentId, uetr, currency: 'USD', amount, messageHash: HASH, status: 'ACCC' },
});

/** What the payee's bank attests. */
export const attestInput = (
  stage: Stage,
  { presentmentId, uetr, amount }: Payment,
): Input<'payment:attest'> & { readonly ticketId: string } => ({
  ...{ presentmentId, uetr, ticketId: stage.id('bank'), currency: 'USD', amount, messageHash: HASH },
  ...{ valueDate: stage.date, account: ACCOUNT },
});

/** Reports, attests and acknowledges a payment. */
export async function proven(stage: Stage, holder: PlayerName, payment: Payment): Promise<void> {
  const { presentmentId, uetr } = payment;
  await stage.act('bank', 'checker', 'payment:report', reportInput(payment));
  await actWithTicket(stage, 'bank', 'payment:attest', attestInput(stage, payment));
  await stage.act(holder, 'checker', 'presentment:acknowledge', { presentmentId, uetr });
}

/** Presents, pays, proves, acknowledges and discharges slices of one holder. */
export async function pay(stage: Stage, holder: PlayerName, sliceIds: string[], amount: string): Promise<void> {
  const payment = await presented(stage, holder, sliceIds, amount);
  await proven(stage, holder, payment);
  const { presentmentId, uetr } = payment;
  await stage.act('bank', 'checker', 'presentment:discharge', { presentmentId, uetr });
}
