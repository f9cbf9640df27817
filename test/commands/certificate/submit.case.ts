/** The issuer's checker submits; the bank has yet to say yes. */
import { caseOf } from '../support/case.js';
import { idOf } from '../support/facts.js';

export const submit = caseOf('certificate:submit', {
  by: ['issuer', 'checker'],
  for: ['checker'],
  fourEyes: 'draft',
  commits: true,
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'issuer'],
  writes: ['terms', 'face', 'claim', 'draft'],
  event: ['tenor.certificate.submit.v1', 'certificateId'],
  request: { certificateId: 'id', lineId: 'id?' },
  besides: { lineId: idOf('bank', 'bank', 'line') },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const { certificateId } = await stock.take('draft');
    return { input: { certificateId }, leaves: { submitted: [{ certificateId }] } };
  },
});
