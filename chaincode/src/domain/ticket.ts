/** Four eyes: a maker writes down exactly what a checker may run, once, until a date. */
import { TenorError } from '../protocol/errors.js';
import type { PublicRecord } from '../protocol/records.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { assertActsFor, put, remove, type Caller, type Decision, type Opened, type Write } from './decision.js';

/** A ticket as shown, beside what the checker asks to run. */
export interface TicketFacts {
  readonly opened: Opened<'ticket'>;
  readonly command: string;
  /** Canonical {private, request} of the checker's own call. */
  readonly payload: string;
}

/** What preparing a ticket depends on. */
export interface PrepareFacts {
  readonly caller: Caller;
  readonly party: PublicRecord<'party'>;
  readonly businessDate: string;
}

/** Writes a ticket into the maker's own book. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, TICKET_EXPIRED */
export function prepare(
  request: ParsedRequest<'certificate:prepare'>,
  secret: ParsedPrivate<'certificate:prepare'>,
  facts: PrepareFacts,
): Decision {
  assertActsFor(facts.caller, facts.party.id, facts.party.mspId, ['maker']);
  if (secret.expiresOn < facts.businessDate) throw new TenorError('TICKET_EXPIRED');
  const { party, command, payload, expiresOn } = secret;
  const ticket = {
    schema: 'tenor.ticket/1' as const,
    id: request.ticketId,
    party,
    command,
    payload,
    maker: facts.caller.identity,
    expiresOn,
  };
  return { writes: [put('ticket', ticket.id, ticket, [{ mspId: facts.caller.mspId }])] };
}

/** Checks a ticket of a maker of `party` and returns the write that spends it. @throws TenorError TICKET_MISMATCH, SAME_PERSON, TICKET_EXPIRED */
export function useTicket(facts: TicketFacts, caller: Caller, party: string, businessDate: string): Write {
  const ticket = facts.opened.record;
  const fits = ticket.party === party && ticket.command === facts.command && ticket.payload === facts.payload;
  if (!fits) throw new TenorError('TICKET_MISMATCH', { ticketId: ticket.id });
  if (ticket.maker === caller.identity) throw new TenorError('SAME_PERSON');
  if (ticket.expiresOn < businessDate) throw new TenorError('TICKET_EXPIRED', { ticketId: ticket.id });
  return remove('ticket', ticket.id, caller.mspId);
}
