/** The steps of a deal that cases and properties begin with: the inputs of a deal, sent by those whose steps they are. */
import { claimIdOf } from '../../../client/src/ids.js';
import type { Input } from '../../../client/src/input.js';
import type { CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import {
  acknowledgeInput,
  attestInput,
  claimInput,
  confirmInput,
  draftInput,
  lineInput,
  mandateInput,
  offerEndOf,
  paymentOf,
  presentInput,
  reportInput,
  transferInput,
  type Payment,
} from '../../deal/inputs.js';
import type { PlayerName } from '../../deal/players.js';
import type { Stage } from './stage.js';

/** Face of the certificates of cases, in cents: digits that appear nowhere else. */
export const AMOUNT = '91827364';

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

/** Opens a line. */
export async function openLine(stage: Stage, limit: string, autoConfirm = false): Promise<string> {
  const input = lineInput(stage, { limit, autoConfirm });
  await actWithTicket(stage, 'bank', 'line:open', input);
  return input.lineId;
}

/** Claims an invoice, for somebody to confirm. */
export async function reserve(stage: Stage, number: string, capacity: string): Promise<Input<'document:claim'>> {
  const input = claimInput(stage, number, capacity);
  await stage.act('issuer', 'maker', 'document:claim', input);
  return input;
}

/** Claims an invoice, which the bank confirms. */
export async function claim(stage: Stage, number: string, capacity: string): Promise<string> {
  const input = await reserve(stage, number, capacity);
  await stage.act('bank', 'checker', 'document:confirm', { reservationId: input.reservationId });
  return claimIdOf(input);
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
  const input = confirmInput(stage, lineId, [certificateId]);
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

/** Offers the supplier's slice to the contractor. */
export async function offerSlice(
  stage: Stage,
  sliceId: string,
): Promise<{ readonly sliceId: string; readonly transferId: string }> {
  const input = transferInput(stage, sliceId);
  await actWithTicket(stage, 'supplier', 'slice:offer', input);
  return { sliceId, transferId: input.transferId };
}

/** Presents slices of a holder at the certificate's bank. */
export async function presented(
  stage: Stage,
  holder: PlayerName,
  sliceIds: string[],
  amount: string,
): Promise<Payment> {
  const input = presentInput(stage, holder, sliceIds);
  await actWithTicket(stage, holder, 'slice:present', input);
  return paymentOf(input, amount);
}

/** Lets the certificate's bank present the slices of a holder by itself. */
export async function mandated(stage: Stage, holder: PlayerName): Promise<{ readonly mandateId: string }> {
  const input = mandateInput(stage, holder);
  await actWithTicket(stage, holder, 'mandate:give', input);
  return { mandateId: input.mandateId };
}

/** Reports, attests and acknowledges a payment. */
export async function proven(stage: Stage, holder: PlayerName, payment: Payment): Promise<void> {
  await stage.act('bank', 'checker', 'payment:report', reportInput(payment));
  await actWithTicket(stage, 'bank', 'payment:attest', attestInput(stage, payment));
  await acknowledge(stage, holder, payment);
}

/** Acknowledges a payment. */
export async function acknowledge(stage: Stage, holder: PlayerName, payment: Payment): Promise<void> {
  await actWithTicket(stage, holder, 'presentment:acknowledge', acknowledgeInput(stage, holder, payment));
}

/** Presents, pays, proves, acknowledges and discharges slices of one holder. */
export async function pay(stage: Stage, holder: PlayerName, sliceIds: string[], amount: string): Promise<void> {
  const payment = await presented(stage, holder, sliceIds, amount);
  await proven(stage, holder, payment);
  const { presentmentId, uetr } = payment;
  await stage.act('bank', 'checker', 'presentment:discharge', { presentmentId, uetr });
}
