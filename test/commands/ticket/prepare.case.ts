/** The bank's maker writes down a line for the checker to open. */
import { ticketPayload } from '../../../client/src/input.js';
import { lineInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';
import { LEI } from '../../deal/players.js';
import { AMOUNT } from '../support/steps.js';

export const prepare = caseOf('ticket:prepare', {
  by: ['bank', 'maker'],
  for: ['maker'],
  elsewhere: 'ID_FOREIGN',
  books: ['bank'],
  writes: ['ticket'],
  event: ['tenor.ticket.prepare.v1', 'ticketId'],
  request: { ticketId: 'id' },
  secret: { party: 'party', command: 'command', payload: 'command', expiresOn: 'date' },
  again: 'ID_TAKEN',
  reach: (stage) => {
    const { ticketId, ...line } = lineInput(stage, { limit: AMOUNT });
    const payload = ticketPayload('line:open', { ticketId, ...line });
    const ticket = { party: LEI.bank, command: 'line:open', payload, expiresOn: stage.date };
    return Promise.resolve({ input: { ticketId, ...ticket } });
  },
});
