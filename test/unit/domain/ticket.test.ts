/** Four eyes: who prepares, who runs, what, and until when. */
import { describe, expect, it } from '@jest/globals';
import { prepare, useTicket, type PrepareFacts, type TicketFacts } from '../../../chaincode/src/domain/ticket.js';
import type { ParsedPrivate } from '../../../chaincode/src/protocol/commands/index.js';
import { codeOf } from '../protocol/support.js';
import { BANK, callerOf, MAKER, MSP, PARTY, TICKET, TODAY, unsaltedOf, YESTERDAY } from './facts.js';
import { refusesInOrder } from './refusals.js';
import { wrongCallers, wrongTickets } from './wrongs.js';

describe('prepare', () => {
  interface Call {
    readonly secret: ParsedPrivate<'ticket:prepare'>;
    readonly facts: PrepareFacts;
  }
  const { command, payload } = TICKET;
  const good: Call = {
    secret: { party: BANK, command, payload, expiresOn: TODAY },
    facts: { caller: callerOf('bank', ['maker'], MAKER), party: PARTY.bank, businessDate: TODAY },
  };
  const run = ({ secret, facts }: Call): unknown => prepare({ ticketId: TICKET.opened.id }, secret, facts);

  refusesInOrder<Call>(run, good, [
    ...wrongCallers<Call>('bank', ['maker'], (caller) => (call) => ({ ...call, facts: { ...call.facts, caller } })),
    [
      'TICKET_EXPIRED',
      'it would expire yesterday',
      (call) => ({ ...call, secret: { ...call.secret, expiresOn: YESTERDAY } }),
    ],
  ]);

  it('writes the ticket into the own book alone, with maker and party', () => {
    const write = {
      op: 'put',
      kind: 'ticket',
      id: TICKET.opened.id,
      record: unsaltedOf(TICKET.opened),
      books: [{ mspId: MSP.bank }],
    };
    expect(run(good)).toEqual({ writes: [write] });
  });
});

describe('useTicket', () => {
  const run = (ticket: TicketFacts): unknown => useTicket(ticket, callerOf('bank'), BANK, TODAY);
  refusesInOrder<TicketFacts>(
    run,
    TICKET,
    wrongTickets<TicketFacts>((change) => change),
  );

  it('answers the write that spends it', () => {
    expect(run(TICKET)).toEqual({ op: 'delete', kind: 'ticket', id: TICKET.opened.id, books: [{ mspId: MSP.bank }] });
  });

  it('names the ticket in the refusal', () => {
    expect(codeOf(() => run({ ...TICKET, command: 'another:command' }), true)).toEqual([
      'TICKET_MISMATCH',
      { ticketId: TICKET.opened.id },
    ]);
    expect(codeOf(() => useTicket(TICKET, callerOf('bank'), BANK, '2026-11-24'), true)).toEqual([
      'TICKET_EXPIRED',
      { ticketId: TICKET.opened.id },
    ]);
  });
});
