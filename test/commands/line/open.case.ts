/** A bank opens a line to an issuer. */
import { lineInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const open = caseOf('line:open', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'issuer'],
  writes: ['line', 'ticket'],
  event: ['tenor.line.open.v1', 'lineId ticketId'],
  request: { lineId: 'id', ticketId: 'id' },
  secret: {
    ...{ bank: 'party', issuer: 'party', currency: 'currency', limit: 'amount' },
    ...{ expiresOn: 'date', revolving: 'flag', autoConfirm: 'flag' },
  },
  again: 'ID_TAKEN',
  reach: (stage) => {
    const input = lineInput(stage, { limit: '7755331122' });
    return Promise.resolve({ input, leaves: { line: [{ lineId: input.lineId }] } });
  },
});
