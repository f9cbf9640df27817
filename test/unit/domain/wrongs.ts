/** Wrong callers and wrong tickets: the same in every rule that has them. */
import type { Caller } from '../../../chaincode/src/domain/decision.js';
import type { TicketFacts } from '../../../chaincode/src/domain/ticket.js';
import type { Duty } from '../../../chaincode/src/protocol/records/index.js';
import { callerOf, changed, CHECKER, MAKER, PARTY, TICKET, YESTERDAY, type PartyName } from './facts.js';
import type { Wrong } from './refusals.js';

const DUTIES: readonly Duty[] = ['maker', 'checker', 'viewer'];

/** Everyone who may not act for a party with one of `duties`. */
export function wrongCallers<Call>(
  name: PartyName,
  duties: readonly Duty[],
  as: (caller: Caller) => (call: Call) => Call,
): Wrong<Call>[] {
  const stranger: PartyName = name === 'contractor' ? 'supplier' : 'contractor';
  const right = callerOf(name, [...duties]);
  const { operator } = right;
  if (operator === undefined) throw new Error('every caller here is an operator');
  const others = DUTIES.filter((duty) => !duties.includes(duty));
  return [
    ['CALLER_NOT_REGISTERED', 'the caller is no operator', as({ ...right, operator: undefined })],
    [
      'CALLER_NOT_REGISTERED',
      'the caller is an administrator, but no operator',
      as({ ...right, admin: true, operator: undefined }),
    ],
    ['CALLER_NOT_ALLOWED', 'the caller acts for another party', as(callerOf(stranger, [...duties]))],
    [
      'CALLER_NOT_ALLOWED',
      'the caller of the organisation acts for another of its parties',
      as({ ...right, operator: { ...operator, parties: [PARTY[stranger].id] } }),
    ],
    [
      'CALLER_NOT_ALLOWED',
      'the caller of another organisation claims the party',
      as({ ...right, mspId: PARTY[stranger].mspId }),
    ],
    [
      'CALLER_NOT_ALLOWED',
      `the caller is only ${others.join(' and ')}`,
      as({ ...right, operator: { ...operator, duties: [...others] } }),
    ],
    ['CALLER_NOT_ALLOWED', 'the caller has no duty any more', as({ ...right, operator: { ...operator, duties: [] } })],
  ];
}

/** Every ticket that does not fit. The checker is {@link CHECKER}. */
export function wrongTickets<Call>(
  using: (change: (ticket: TicketFacts) => TicketFacts) => (call: Call) => Call,
): Wrong<Call>[] {
  const opened = (changes: Partial<typeof TICKET.opened.record>): ((call: Call) => Call) =>
    using((ticket) => ({ ...ticket, opened: changed(ticket.opened, changes) }));
  return [
    ['TICKET_MISMATCH', 'the ticket is for another party', opened({ party: PARTY.contractor.id })],
    ['TICKET_MISMATCH', 'the ticket is for another command', opened({ command: 'another:command' })],
    [
      'TICKET_MISMATCH',
      'the ticket is for another content',
      opened({ payload: '{"private":{"limit":"1"},"request":{}}' }),
    ],
    ['SAME_PERSON', 'the checker made the ticket', opened({ maker: CHECKER })],
    ['TICKET_EXPIRED', 'the ticket expired yesterday', opened({ expiresOn: YESTERDAY })],
  ];
}

/** A ticket of the maker of a party. */
export const ticketFor = (name: PartyName): TicketFacts => ({
  ...TICKET,
  opened: changed(TICKET.opened, { party: PARTY[name].id, maker: MAKER }),
});
