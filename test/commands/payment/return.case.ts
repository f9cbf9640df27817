/** The payee's bank sends the money back that it had attested. */
import { attestInput, returnInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';
import { MONEY, PAYS_ONE } from '../support/fields.js';

const returned = caseOf('payment:return', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'supplier'],
  writes: ['return', 'ticket'],
  event: ['tenor.payment.return.v1', 'presentmentId ticketId uetr'],
  request: { uetr: 'uetr?', presentmentId: 'id?', legId: 'id?', ticketId: 'id', books: 'word?' },
  besides: { books: 'register' },
  secret: { ...MONEY, returnedOn: 'date', reason: 'text?', messageHash: 'hash' },
  spoils: PAYS_ONE,
  again: 'RETURN_EXISTS',
  due: true,
  reach: async (stage, stock) => {
    const payment = await stock.take('presented');
    const attested = attestInput(stage, payment);
    await stage.prepare('bank', 'payment:attest', attested);
    await stage.act('bank', 'checker', 'payment:attest', attested);
    return { input: returnInput(stage, payment) };
  },
});
export { returned as return };
