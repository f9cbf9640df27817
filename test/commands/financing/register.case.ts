/** The bank says that it registered the financing. */
import { registrationInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const register = caseOf('financing:register', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank'],
  writes: ['registration'],
  event: ['tenor.financing.register.v1', 'requestId'],
  request: { requestId: 'id' },
  secret: { registrationNo: 'text', searchedOn: 'date' },
  again: 'REGISTRATION_EXISTS',
  reach: async (stage, stock) => {
    const { requestId } = await stock.take('financed');
    return { input: registrationInput(stage, requestId) };
  },
});
