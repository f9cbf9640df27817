/** The payee takes what it was offered: each certificate becomes one root slice of its whole face. */
import { expect, it } from '@jest/globals';
import {
  changed,
  CONFIRMATION,
  FACE,
  idOf,
  MSP,
  NEIGHBOUR,
  OFFERED,
  REJECTION,
  SLICE,
  statusOf,
  TERMS,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  neighbour,
  outcomeOf,
  party,
  put,
  record,
  request,
  sceneOf,
  taken,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { OFFERED_ROWS, STATUS_ROWS } from '../support/vouching.js';
import { accept } from './accept.case.js';

const other = idOf('bank', 'issuer', 'certificate', 2);
const [A, B] = [idOf('bank', 'supplier', 'new-slice', 1), idOf('bank', 'supplier', 'new-slice', 2)];
const items = [
  { certificateId: TERMS.id, sliceId: A },
  { certificateId: other, sliceId: B },
];
const certificate = (id: string, amount: string): Parameters<typeof sceneOf>[3] => ({
  shown: [
    changed(TERMS, { id }),
    changed(FACE, { id, amount }),
    changed(CONFIRMATION, { id }),
    changed(OFFERED, { id }),
  ],
});
const scene = sceneOf(
  'certificate:accept',
  callerOf('supplier', ['maker', 'checker']),
  { items },
  {
    shown: [...(certificate(TERMS.id, '600')?.shown ?? []), ...(certificate(other, '70')?.shown ?? [])],
  },
);
const taken1 = (id: string, sliceId: string, amount: string, termsHash = TERMS.hash): Written => ({
  ...put('status', id, unsaltedOf(statusOf('ACTIVE'), { id }), {
    ...{ in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP & (IssuerMSP | SupplierMSP)' },
  }),
  ...put('slice', sliceId, unsaltedOf(SLICE, { id: sliceId, certificateId: id, termsHash, amount }), {
    ...{ in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP & SupplierMSP' },
  }),
});
const status = (changes: Partial<typeof OFFERED.record>): ReturnType<typeof all> => record('status', changes, 1);

describeCommand({
  of: accept,
  scene,
  books: [
    ['ID_TAKEN', 'a slice exists already', taken(MSP.bank, 'slice', B), { kind: 'slice', id: B, index: '1' }],
    [
      'ID_FOREIGN',
      'a slice is drawn by another',
      request({ items: [items[0], { certificateId: other, sliceId: idOf('bank', 'contractor', 'slice') }] }),
    ],
  ],
  unvouched: [...OFFERED_ROWS, ...STATUS_ROWS],
  loose: [
    [
      'PARTY_ROLE',
      'the payee is no supplier',
      party('supplier', { roles: ['bank', 'issuer'] }),
      { role: 'supplier', index: '0' },
    ],
  ],
  rules: [
    [
      'BATCH_MIXED',
      'the second is payable to another party of the organisation',
      all(neighbour(MSP.supplier, 'supplier'), record('face', { payee: NEIGHBOUR }, 1)),
      { index: '1' },
    ],
    [
      'STATE',
      'the bank rejected the second, and offers it all the same',
      record('confirmation', { outcome: REJECTION.record.outcome, lineId: undefined }, 1),
      { state: 'REJECTED', index: '1' },
    ],
    ['STATE', 'the second was accepted already', status({ state: 'ACTIVE' }), { state: 'ACTIVE', index: '1' }],
    ['STATE', 'the second was declined', status({ state: 'DECLINED' })],
    ['STATE', 'the second was unwound', status({ state: 'UNWOUND' })],
    ['OFFER_LAPSED', 'the second lapsed', status({ offerExpiresOn: YESTERDAY }), { index: '1' }],
  ],
  writes: { ...taken1(TERMS.id, A, '600'), ...taken1(other, B, '70', changed(TERMS, { id: other }).hash) },
});

it('takes offers of a bank and an issuer that were suspended since: they stay bound by what they signed', async () => {
  const suspended = all(party('bank', { status: 'SUSPENDED' }), party('issuer', { status: 'SUSPENDED' }));
  expect(await codeOf(suspended(scene))).toBe('taken');
});

it('says which of two is not vouched for', async () => {
  expect(await outcomeOf(record('terms', { currency: 'KWD' }, 1)(scene))).toEqual({
    refused: 'OPENING_MISMATCH',
    data: { kind: 'terms', id: other, index: '1' },
  });
});
