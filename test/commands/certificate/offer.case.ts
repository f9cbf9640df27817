/** The bank offers what it confirmed. */
import { offerEndOf } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const offer = caseOf('certificate:offer', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  commits: true,
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'supplier'],
  writes: ['status', 'terms', 'face', 'confirmation'],
  event: ['tenor.certificate.offer.v1', 'certificateId'],
  request: { certificateId: 'id' },
  secret: { expiresOn: 'date' },
  again: 'OPENING_MISSING',
  reach: async (stage, stock) => {
    const { certificateId } = await stock.take('confirmed');
    return { input: { certificateId, expiresOn: offerEndOf(stage) }, leaves: { offered: [{ certificateId }] } };
  },
});
