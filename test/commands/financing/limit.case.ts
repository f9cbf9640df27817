/** The bank sets how much it finances for the supplier. */
import { limitInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const limit = caseOf('financing:limit', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank'],
  writes: ['creditSecret', 'fundingLimit', 'ticket'],
  event: ['tenor.financing.limit.v1', 'ticketId'],
  request: { ticketId: 'id' },
  secret: { funder: 'party', kind: 'word', party: 'party', currency: 'currency', limit: 'total' },
  again: 'OPENING_MISSING',
  reach: (stage) => Promise.resolve({ input: limitInput(stage) }),
});
