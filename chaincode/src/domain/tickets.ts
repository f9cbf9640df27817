/** Four eyes: a maker has written down exactly what a checker may run, once and until a date. */
import { addDays } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { Caller } from './callers.js';
import { remove, type Opened, type Write } from './decision.js';

/** The call that a checker wants to run. */
export interface Asked {
  readonly command: string;
  /** Canonical {private, request} of the call. */
  readonly payload: string;
  readonly party: string;
}

/** A ticket is for the next days. One that could be used for years would outlive those who made it. @throws TenorError TICKET_EXPIRED, TICKET_TERM */
export function assertUsable(ticketId: string, expiresOn: string, businessDate: string): void {
  if (expiresOn < businessDate) throw new TenorError('TICKET_EXPIRED', { ticketId });
  if (expiresOn > addDays(businessDate, LIMITS.ticketDays)) throw new TenorError('TICKET_TERM', { ticketId });
}

/** Checks a ticket and returns the write that spends it. @throws TenorError TICKET_MISMATCH, SAME_PERSON, TICKET_EXPIRED, TICKET_TERM */
export function spendTicket(ticket: Opened<'ticket'>, asked: Asked, caller: Caller, businessDate: string): Write {
  const { id, record } = ticket;
  const fits = record.party === asked.party && record.command === asked.command && record.payload === asked.payload;
  if (!fits) throw new TenorError('TICKET_MISMATCH', { ticketId: id });
  if (record.maker === caller.identity) throw new TenorError('SAME_PERSON');
  assertUsable(id, record.expiresOn, businessDate);
  return remove('ticket', id, caller.mspId);
}
