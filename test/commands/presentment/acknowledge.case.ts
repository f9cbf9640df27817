/** The payee says that it has the money. */
import { acknowledgeInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';
import { NAMED_ONCE } from '../support/fields.js';

export const acknowledge = caseOf('presentment:acknowledge', {
  by: ['supplier', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'supplier'],
  writes: ['acknowledgement', 'slice', 'ticket'],
  event: ['tenor.presentment.acknowledge.v1', 'presentmentId ticketId uetr'],
  request: { presentmentId: 'id', uetr: 'uetr?', furtherUetrs: 'uetrs?', ticketId: 'id', inSpiteOfReturn: 'flag?' },
  spoils: NAMED_ONCE,
  besides: { furtherUetrs: ['eb6305c9-1f7f-49de-aed0-16487c27b42d'] },
  again: 'ACKNOWLEDGEMENT_EXISTS',
  due: true,
  reach: async (stage, stock) => {
    const found = await stock.take('presented');
    return { input: acknowledgeInput(stage, 'supplier', found), leaves: { acknowledged: [found] } };
  },
});
