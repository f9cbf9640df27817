/** A holder accepts one quote for its request, for the price that the slices have, and not after its last day. */
import { describe, expect, it } from '@jest/globals';
import { AT_ONCE, BANK_QUOTE, OTHER_ROOT, SECOND } from '../support/atOnceFacts.js';
import { takesNoPartOfAnother } from '../support/consolidated.js';
import {
  ACCEPTANCE,
  ACCOUNT,
  BANK,
  CONTRACTOR,
  changed,
  DUE,
  FINANCING_REQUEST,
  idOf,
  MSP,
  NEIGHBOUR,
  OFFER_END,
  OTHER_BANK,
  presented,
  PRESENTMENT,
  QUOTE,
  SLICE,
  SUPPLIER,
  TERMS,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  gone,
  instead,
  neighbour,
  on,
  party,
  put,
  record,
  sceneOf,
  secret,
  taken,
  writtenBy,
  type Change,
  type Scene,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, nobody, QUOTE_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { accept } from './accept.case.js';

/** 9.00 for 60 days of 360 at 2.5 per cent is 0.0375, so 0.04: two for the seller. */
const OFFERED = changed(QUOTE, {
  ...{ amount: '900', interest: '4', sellerInterest: '2', issuerInterest: '2', net: '893' },
  slices: [
    { sliceId: SLICE.id, net: '595' },
    { sliceId: SECOND.id, net: '298' },
  ],
});
const requestId = FINANCING_REQUEST.id;
const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const scene = sceneOf(
  'financing:accept',
  callerOf('supplier', ['checker']),
  { requestId, quoteId: OFFERED.id, ticketId },
  { secret: { payeeBank: BANK, account: ACCOUNT }, shown: [OFFERED, SLICE, TERMS, SECOND, OTHER_ROOT] },
);
const quote = (changes: Partial<typeof QUOTE.record>): Change => record('quote', changes);
const slice = (changes: Partial<typeof SLICE.record>): Change => record('slice', changes, 1);
const terms = (changes: Partial<typeof TERMS.record>): Change => record('terms', changes, 1);

describeCommand({
  of: accept,
  scene,
  books: [['FINANCING_ACCEPTED', 'a quote was accepted before', taken(MSP.supplier, 'acceptance', requestId)]],
  unvouched: [
    ...QUOTE_ROWS,
    ...SLICE_ROWS,
    [
      'PARTY_UNKNOWN',
      'the bank of the account is not registered',
      all(secret({ payeeBank: CONTRACTOR }), nobody('contractor')),
    ],
  ],
  rules: [
    [
      'FINANCING_MISMATCH',
      'the quote is for another request',
      quote({ requestId: idOf('supplier', 'supplier', 'request', 2) }),
    ],
    ['QUOTE_LAPSED', 'the last day of the quote was yesterday', quote({ validUntil: YESTERDAY })],
    ['PARTY_ROLE', 'the account is at no bank', secret({ payeeBank: CONTRACTOR })],
    [
      'STATE',
      'the slices belong to another party of the organisation by now',
      all(neighbour(MSP.supplier, 'supplier'), record('slice', { holder: NEIGHBOUR })),
      { state: 'FREE', sliceId: SLICE.id, index: '0' },
    ],
    ['BATCH_MIXED', 'one is paid a day later', terms({ paymentDate: '2027-03-16' }), { index: '1' }],
    ['STATE', 'one is on offer', slice({ state: 'OFFERED', lock: LONG_LOCK })],
    ['STATE', 'one is presented', slice({ state: 'PRESENTED', lock: presented(PRESENTMENT).record.lock })],
    ['STATE', 'one was split', slice({ state: 'SPENT' })],
    ['TIER_EXCEEDED', 'one has passed through as many hands as its terms allow', slice({ tier: 2 }), { index: '1' }],
    ['AMOUNT_OUT_OF_RANGE', 'the sum is more than any payment carries', slice({ amount: '1000000000000000000' })],
    ['DUE_REACHED', 'the payment date has come', all(on(DUE), quote({ validUntil: '2028-01-01' }))],
    ['FINANCING_MISMATCH', 'the funder pays a cent less than its own terms come to', quote({ net: '892' })],
    [
      'FINANCING_MISMATCH',
      'the funder counts more interest',
      quote({ interest: '5', sellerInterest: '3', net: '892' }),
    ],
    ['FINANCING_MISMATCH', 'a slice is worth less than when it was quoted', slice({ amount: '299' })],
  ],
  writes: {
    ...put('acceptance', requestId, unsaltedOf(ACCEPTANCE, { quoteHash: OFFERED.hash }), {
      ...{ in: [MSP.supplier], copies: [MSP.otherBank] },
    }),
    ...gone('ticket', ticketId, MSP.supplier),
  },
  enters: [MSP.otherBank],
  elsewhere: ['AUDIENCE_MIXED', 'BATCH_SIZE', 'LIABLE_EXCEEDED'],
});

takesNoPartOfAnother(scene);

it('is accepted on its last day', async () => {
  expect(await codeOf(on(OFFER_END)(scene))).toBe('taken');
});

it('names the reference that a payment without a UETR is to carry', async () => {
  const written = await writtenBy(secret({ endToEndId: 'RT-2026-0001' })(scene));
  expect(written[`${MSP.supplier} own/acceptance/${requestId}`]).toMatchObject({
    record: { endToEndId: 'RT-2026-0001' },
  });
});

it('is taken from no slice twice, whatever the funder wrote into its own book', async () => {
  const twice = [SLICE.id, SLICE.id].map((sliceId) => ({ sliceId, net: '1' }));
  expect(await codeOf(quote({ slices: twice })(scene))).toBe('FINANCING_MISMATCH');
});

it('is accepted while issuer and funder are suspended: the funder has given its word', async () => {
  const names = ['issuer', 'otherBank'] as const;
  const suspended = all(...names.map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await codeOf(suspended(scene))).toBe('taken');
});

describe('to be settled at once', () => {
  const { id: bankQuoteId } = BANK_QUOTE;
  const atOnce = sceneOf(
    'financing:accept',
    callerOf('supplier', ['checker']),
    { requestId, quoteId: bankQuoteId, ticketId },
    {
      secret: { payeeBank: BANK, account: ACCOUNT, atOnce: true },
      shown: [BANK_QUOTE, SLICE, TERMS, SECOND, OTHER_ROOT],
    },
  );

  it('says so in the acceptance', async () => {
    expect(await writtenBy(atOnce)).toMatchObject({
      ...put('acceptance', requestId, unsaltedOf(AT_ONCE), { in: [MSP.supplier], copies: [MSP.bank] }),
    });
  });

  it.each<readonly [what: string, code: string, of: Scene]>([
    [
      'another bank keeps the slices',
      'AUDIENCE_MIXED',
      all(
        secret({ payeeBank: OTHER_BANK, atOnce: true }),
        instead(changed(BANK_QUOTE, { id: OFFERED.id, funder: OTHER_BANK, funderMsp: MSP.otherBank })),
      )(scene),
    ],
    ['a bank keeps the account that sees nothing of it', 'AUDIENCE_MIXED', secret({ payeeBank: OTHER_BANK })(atOnce)],
    [
      'the issuer pays a part of the interest',
      'AUDIENCE_MIXED',
      quote({
        ...{ interestPayer: { kind: 'SHARED', issuerBasisPoints: 4000 }, sellerInterest: '2', issuerInterest: '2' },
        ...{ net: '893', slices: OFFERED.record.slices },
      })(atOnce),
    ],
    [
      'a slice names as many sellers with recourse as it can',
      'LIABLE_EXCEEDED',
      slice({ liable: Array.from({ length: 20 }, () => ({ party: SUPPLIER, mspId: MSP.supplier })) })(atOnce),
    ],
    ['it is no price any more', 'FINANCING_MISMATCH', slice({ amount: '299' })(atOnce)],
  ])('is refused where %s: %s', async (_what, code, of) => {
    expect(await codeOf(of)).toBe(code);
  });
});
