/** The payee says that it has the money. */
import { acknowledgeInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const acknowledge = caseOf('presentment:acknowledge', {
  by: ['supplier', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'supplier'],
  writes: ['acknowledgement', 'slice', 'ticket'],
  event: ['tenor.presentment.acknowledge.v1', 'presentmentId ticketId uetr'],
  request: { presentmentId: 'id', uetr: 'uetr?', ticketId: 'id', inSpiteOfReturn: 'flag?' },
  again: 'ACKNOWLEDGEMENT_EXISTS',
  due: true,
  reach: async (stage, stock) => {
    const found = await stock.take('presented');
    return { input: acknowledgeInput(stage, 'supplier', found), leaves: { acknowledged: [found] } };
  },
});
