/** The bank's word: confirm draws the line and writes an immutable root; reject draws nothing and needs the bank alone. */
import type { ParsedRequest } from '../protocol/transactions.js';
import { ANY_HAND, assertActsFor, put, type Caller, type Decision, type Opened } from './decision.js';
import { drawLine, putLine } from './line.js';
import { assertTwoVoices } from './parties.js';
import { atIndex, confirmationWrites } from './roots.js';
import { useTicket, type TicketFacts } from './ticket.js';

/** What a confirmation depends on. That no confirmation exists yet, the ledger has checked. */
export interface ConfirmFacts {
  readonly caller: Caller;
  readonly line: Opened<'line'>;
  readonly faces: readonly Opened<'face'>[];
  readonly ticket: TicketFacts;
  readonly businessDate: string;
}

/** Confirms up to 50 certificates of one issuer on one line, all or none. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, TICKET_MISMATCH, SAME_PERSON, TICKET_EXPIRED, SAME_ORGANIZATION, BATCH_MIXED, CURRENCY_MISMATCH, LINE_EXPIRED, LINE_EXCEEDED */
export function confirm(request: ParsedRequest<'certificate:confirm'>, facts: ConfirmFacts): Decision {
  const line = facts.line.record;
  assertActsFor(facts.caller, line.bank, line.bankMsp, ['checker']);
  const ticketGone = useTicket(facts.ticket, facts.caller, line.bank, facts.businessDate);
  assertTwoVoices(line);
  const drawn = facts.faces.reduce((current, { record }, index) => {
    try {
      return drawLine(current, record, BigInt(record.amount));
    } catch (error) {
      throw atIndex(error, index);
    }
  }, line);
  const confirmations = confirmationWrites(request.certificateIds, line.id, 'BANK', line.issuerMsp, line.bankMsp);
  return { writes: [...confirmations, putLine(drawn), ticketGone] };
}

/** What a rejection depends on. */
export interface RejectFacts {
  readonly caller: Caller;
  readonly face: Opened<'face'>;
}

/** Rejects a certificate. Adverse to the issuer, so the bank's book alone is written. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED */
export function reject(request: ParsedRequest<'certificate:reject'>, facts: RejectFacts): Decision {
  const { bank, bankMsp } = facts.face.record;
  assertActsFor(facts.caller, bank, bankMsp, ANY_HAND);
  const record = {
    schema: 'tenor.confirmation/1' as const,
    id: request.certificateId,
    outcome: 'REJECTED' as const,
    by: 'BANK' as const,
  };
  return { writes: [put('confirmation', record.id, record, [{ mspId: bankMsp }])] };
}
