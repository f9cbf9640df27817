/** The steps of a deal on the ledger in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { claimIdOf } from '../../../client/src/ids.js';
import type { Input } from '../../../client/src/input.js';
import type { Slice } from '../../../chaincode/src/protocol/records/index.js';
import { DUE, LEI, mspOf, type MemoryWorld, type PartyName } from './memoryWorld.js';

const HASH = 'ab'.repeat(32);
export const ACCOUNT = 'AU-063000-12345678';

/** Opens a line. */
export async function openLine(world: MemoryWorld, limit: string, autoConfirm = false): Promise<string> {
  const lineId = world.id('bank');
  const terms = {
    bank: LEI.bank,
    issuer: LEI.issuer,
    currency: 'USD',
    limit,
    expiresOn: '2027-12-31',
    revolving: true,
    autoConfirm,
  };
  await world.actWithTicket('bank', 'line:open', { lineId, ticketId: world.id('bank'), ...terms });
  return lineId;
}

/** What claiming an invoice takes. */
export function claimInput(number: string, capacity: string): Input<'document:claim'> {
  const document = { type: 'INVOICE' as const, number, seller: LEI.supplier };
  const parties = { issuer: LEI.issuer, bank: LEI.bank, currency: 'USD' };
  return { claimId: claimIdOf(document), ...document, ...parties, capacity, documentHash: HASH };
}

/** Claims an invoice. */
export async function claim(world: MemoryWorld, number: string, capacity: string): Promise<string> {
  const input = claimInput(number, capacity);
  await world.act('issuer', 'maker', 'document:claim', input);
  return input.claimId;
}

/** Drafts a certificate over a claim. */
export async function draft(world: MemoryWorld, claimId: string, amount: string): Promise<string> {
  const certificateId = world.id('bank', 'issuer');
  const parties = { issuer: LEI.issuer, bank: LEI.bank, payee: LEI.supplier };
  const content = {
    currency: 'USD',
    amount,
    dueDate: DUE,
    calendar: 'CN',
    mode: 'GUARANTEED' as const,
    deliveredOn: '2026-11-20',
  };
  await world.act('issuer', 'maker', 'certificate:draft', {
    certificateId,
    ...parties,
    ...content,
    claims: [{ claimId, amount }],
  });
  return certificateId;
}

/** A submitted certificate over a document of its own. */
export async function submitted(world: MemoryWorld, amount: string): Promise<string> {
  const certificateId = await draft(world, await claim(world, world.reference(), amount), amount);
  await world.act('issuer', 'checker', 'certificate:submit', { certificateId });
  return certificateId;
}

/** A certificate in the supplier's hands. */
export async function issued(
  world: MemoryWorld,
  amount: string,
): Promise<{ readonly certificateId: string; readonly sliceId: string; readonly lineId: string }> {
  const lineId = await openLine(world, amount);
  const certificateId = await submitted(world, amount);
  await world.actWithTicket('bank', 'certificate:confirm', {
    certificateIds: [certificateId],
    lineId,
    ticketId: world.id('bank'),
  });
  await world.act('bank', 'checker', 'certificate:offer', { certificateId, expiresOn: '2026-12-15' });
  const sliceId = world.id('bank', 'supplier');
  await world.act('supplier', 'checker', 'certificate:accept', { items: [{ certificateId, sliceId }] });
  return { certificateId, sliceId, lineId };
}

/** Presents, pays, proves, acknowledges and discharges slices of one holder. */
export async function pay(world: MemoryWorld, holder: PartyName, sliceIds: string[], amount: string): Promise<string> {
  const [presentmentId, uetr] = [world.id(holder), randomUUID()];
  const money = { currency: 'USD', amount, messageHash: HASH };
  await world.act(holder, 'checker', 'slice:present', {
    presentmentId,
    sliceIds,
    account: ACCOUNT,
    payeeBank: LEI.bank,
  });
  await world.act('bank', 'checker', 'payment:report', { uetr, presentmentId, ...money, status: 'ACCC' });
  const credit = { uetr, presentmentId, ticketId: world.id('bank'), ...money, valueDate: world.date, account: ACCOUNT };
  await world.actWithTicket('bank', 'payment:attest', credit);
  await world.act(holder, 'checker', 'presentment:acknowledge', { presentmentId, uetr });
  await world.act('bank', 'checker', 'presentment:discharge', { presentmentId, uetr });
  return presentmentId;
}

/** All slices of the register. */
export const slicesOf = (world: MemoryWorld): Slice[] =>
  world.ledger.records(mspOf('bank'), 'slice') as unknown as Slice[];

/** SHA-256 of all that is stored. */
export const digestOf = (world: MemoryWorld): string => createHash('sha256').update(world.ledger.dump()).digest('hex');
