/** The payee accepts what it was offered. */
import { dueOf } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';
import { CANARY, idOf } from '../support/facts.js';
import { AMOUNT } from '../support/steps.js';

const pair = { certificateId: idOf('bank', 'issuer', 'certificate'), sliceId: idOf('bank', 'supplier', 'slice') };

export const accept = caseOf('certificate:accept', {
  by: ['supplier', 'checker'],
  for: ['maker', 'checker'],
  commits: true,
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'supplier'],
  writes: ['slice', 'status'],
  event: ['tenor.certificate.accept.v1', 'certificateIds sliceIds'],
  request: { items: 'list' },
  spoils: [
    ['a malformed certificate', 'ID_MALFORMED', { items: [{ ...pair, certificateId: `${CANARY}/x` }] }],
    ['no slice', 'ID_MALFORMED', { items: [{ certificateId: pair.certificateId }] }],
    ['an item with one field more', 'REQUEST_MALFORMED', { items: [{ ...pair, [CANARY]: CANARY }] }],
    ['51 items', 'REQUEST_MALFORMED', { items: Array(51).fill(pair) }],
  ],
  again: 'OPENING_MISMATCH',
  reach: async (stage, stock) => {
    const { certificateId } = await stock.take('offered');
    const sliceId = stage.id('bank', 'supplier');
    const slice = { certificateId, sliceId, amount: AMOUNT, dueOn: dueOf(stage) };
    return { input: { items: [{ certificateId, sliceId }] }, leaves: { slice: [slice] } };
  },
});
