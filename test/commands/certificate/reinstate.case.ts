/** A slice was counted, and then its payment came back. */
import { reinstateInput, returnInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const reinstate = caseOf('certificate:reinstate', {
  by: ['bank', 'checker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'issuer'],
  writes: ['totals', 'redeemed', 'line'],
  event: ['tenor.certificate.reinstate.v1', 'certificateId sliceIds'],
  request: { certificateId: 'id', sliceIds: 'ids', books: 'word?' },
  besides: { books: 'register' },
  again: 'OPENING_MISMATCH',
  due: true,
  reach: async (stage, stock) => {
    const payment = await stock.proven();
    const { certificateId, sliceId, presentmentId, uetr } = payment;
    await stage.act('bank', 'checker', 'presentment:discharge', { presentmentId, uetr });
    await stage.act('bank', 'checker', 'certificate:redeem', { certificateId, sliceIds: [sliceId] });
    const returned = returnInput(stage, payment);
    await stage.prepare('bank', 'payment:return', returned);
    await stage.act('bank', 'checker', 'payment:return', returned);
    const owed = reinstateInput(stage, payment);
    await stage.prepare('bank', 'slice:reinstate', owed);
    await stage.act('bank', 'checker', 'slice:reinstate', owed);
    return { input: { certificateId, sliceIds: [sliceId] } };
  },
});
