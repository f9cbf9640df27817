/** The issuer's maker drafts over a claimed invoice. */
import { draftInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';
import { CANARY, HASH } from '../support/facts.js';
import { MONEY } from '../support/fields.js';
import { AMOUNT } from '../support/steps.js';

const allocation = { claimId: HASH, amount: '918273' };

export const draft = caseOf('certificate:draft', {
  by: ['issuer', 'maker'],
  for: ['maker'],
  commits: true,
  elsewhere: 'ID_FOREIGN',
  books: ['issuer'],
  writes: ['draft'],
  event: ['tenor.certificate.draft.v1', 'certificateId'],
  request: { certificateId: 'id' },
  secret: {
    ...{ issuer: 'party', bank: 'party', payee: 'party', ...MONEY, dueDate: 'date', calendar: 'text' },
    ...{ mode: 'word', deliveredOn: 'date', claims: 'list', tenorJustification: 'text?' },
  },
  spoils: [
    ['nothing of a claim', 'AMOUNT_OUT_OF_RANGE', { claims: [{ ...allocation, amount: '0' }] }],
    ['a float of a claim', 'AMOUNT_MALFORMED', { claims: [{ ...allocation, amount: 9182.73 }] }],
    ['a claim by its number', 'REQUEST_MALFORMED', { claims: [{ ...allocation, claimId: CANARY }] }],
    ['a claim with one field more', 'REQUEST_MALFORMED', { claims: [{ ...allocation, [CANARY]: CANARY }] }],
    ['21 claims', 'REQUEST_MALFORMED', { claims: Array(21).fill(allocation) }],
  ],
  again: 'ID_TAKEN',
  reach: async (stage, stock) => {
    const { claimId } = await stock.take('claim');
    const input = { ...draftInput(stage, claimId, AMOUNT), tenorJustification: 'Blast furnace relining' };
    return { input, leaves: { draft: [{ certificateId: input.certificateId }] } };
  },
});
