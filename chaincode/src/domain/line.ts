/** Credit lines: opened by the bank, drawn by confirmations, restored by what was paid or unwound. */
import { TenorError } from '../protocol/errors.js';
import type { Line, PublicRecord } from '../protocol/records.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { assertActsFor, put, type Caller, type Decision, type Write } from './decision.js';
import { assertApart, assertRole } from './parties.js';
import { useTicket, type TicketFacts } from './ticket.js';

/** What opening a line depends on. */
export interface OpenLineFacts {
  readonly caller: Caller;
  readonly bank: PublicRecord<'party'>;
  readonly issuer: PublicRecord<'party'>;
  readonly ticket: TicketFacts;
  readonly businessDate: string;
}

/** Opens a line. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, PARTY_ROLE, SAME_ORGANIZATION, TICKET_MISMATCH, SAME_PERSON, TICKET_EXPIRED, LINE_EXPIRED */
export function openLine(
  request: ParsedRequest<'certificate:openLine'>,
  secret: ParsedPrivate<'certificate:openLine'>,
  facts: OpenLineFacts,
): Decision {
  const { bank, issuer } = facts;
  assertActsFor(facts.caller, bank.id, bank.mspId, ['checker']);
  assertRole(bank, 'bank');
  assertRole(issuer, 'issuer');
  assertApart(issuer, bank);
  const ticketGone = useTicket(facts.ticket, facts.caller, bank.id, facts.businessDate);
  if (secret.expiresOn <= facts.businessDate) throw new TenorError('LINE_EXPIRED');
  const line: Omit<Line, 'salt'> = {
    ...secret,
    schema: 'tenor.line/1',
    id: request.lineId,
    bankMsp: bank.mspId,
    issuerMsp: issuer.mspId,
    utilised: '0',
  };
  return { writes: [putLine(line), ticketGone] };
}

/** Writes a line into the bank's book, its register, and the issuer's. */
export function putLine(line: Omit<Line, 'salt'>): Write {
  return put('line', line.id, line, [{ mspId: line.bankMsp }, { mspId: line.issuerMsp }]);
}

/** Whose paper a line is drawn for. */
interface Parties {
  readonly issuer: string;
  readonly issuerMsp: string;
  readonly bank: string;
  readonly bankMsp: string;
}

interface Drawn extends Parties {
  readonly currency: string;
  readonly dueDate: string;
}

/**
 * A line names its own register, so anyone can write one at home that says what it likes of somebody else: it counts only where
 * parties and organisations are those of the certificate. @throws TenorError BATCH_MIXED
 */
export function assertLineOf(line: Line, certificate: Parties): void {
  const fits =
    line.issuer === certificate.issuer &&
    line.issuerMsp === certificate.issuerMsp &&
    line.bank === certificate.bank &&
    line.bankMsp === certificate.bankMsp;
  if (!fits) throw new TenorError('BATCH_MIXED', { lineId: line.id });
}

/** The line after drawing `amount` for a certificate. @throws TenorError BATCH_MIXED, CURRENCY_MISMATCH, LINE_EXPIRED, LINE_EXCEEDED */
export function drawLine(line: Line, certificate: Drawn, amount: bigint): Line {
  assertLineOf(line, certificate);
  if (line.currency !== certificate.currency) throw new TenorError('CURRENCY_MISMATCH', { lineId: line.id });
  if (line.expiresOn < certificate.dueDate) throw new TenorError('LINE_EXPIRED', { lineId: line.id });
  const utilised = BigInt(line.utilised) + amount;
  if (utilised > BigInt(line.limit)) throw new TenorError('LINE_EXCEEDED', { lineId: line.id });
  return { ...line, utilised: utilised.toString() };
}

/** The line after `amount` was unwound, or paid on a revolving line. */
export function restoreLine(line: Line, amount: bigint): Line {
  const utilised = BigInt(line.utilised) - amount;
  if (utilised < 0n) throw new Error('a line was restored beyond what was drawn');
  return { ...line, utilised: utilised.toString() };
}
