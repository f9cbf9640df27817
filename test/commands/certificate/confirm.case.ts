/** The bank confirms what was submitted, on a line. */
import { confirmInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const confirm = caseOf('certificate:confirm', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'issuer'],
  writes: ['confirmation', 'line', 'ticket'],
  event: ['tenor.certificate.confirm.v1', 'certificateIds lineId ticketId'],
  request: { certificateIds: 'ids', lineId: 'id', ticketId: 'id' },
  again: 'OPENING_MISMATCH',
  reach: async (stage, stock) => {
    const { lineId } = await stock.take('line');
    const certificate = await stock.take('submitted');
    const input = confirmInput(stage, lineId, [certificate.certificateId]);
    return { input, leaves: { confirmed: [certificate] } };
  },
});
