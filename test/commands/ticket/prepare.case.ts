/** The bank's maker writes down a line for the checker to open. */
import { ticketPayload } from '../../../client/src/input.js';
import { caseOf, LEI } from '../support/stage.js';
import { lineInput } from '../support/steps.js';

export const prepare = caseOf('ticket:prepare', ['bank', 'maker'], (stage) => {
  const input = lineInput(stage, '1000');
  const payload = ticketPayload('line:open', input);
  const ticket = { party: LEI.bank, command: 'line:open', payload, expiresOn: stage.date };
  return Promise.resolve({ ticketId: input.ticketId, ...ticket });
});
