/** The holder lets the bank present its slices by itself. */
import { mandateInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const give = caseOf('mandate:give', {
  by: ['supplier', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'supplier'],
  writes: ['mandate', 'ticket'],
  event: ['tenor.mandate.give.v1', 'mandateId ticketId'],
  request: { mandateId: 'id', ticketId: 'id' },
  secret: {
    ...{ holder: 'party', bank: 'party', payeeBank: 'party', account: 'account' },
    ...{ certificateId: 'id?', until: 'date' },
  },
  besides: { certificateId: 'BankMSP~IssuerMSP~AAAAAAAAAAAAAAAAAAAAAA' },
  again: 'ID_TAKEN',
  reach: (stage) => {
    const input = mandateInput(stage, 'supplier');
    return Promise.resolve({ input, leaves: { mandate: [{ mandateId: input.mandateId }] } });
  },
});
