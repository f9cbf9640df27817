/** A bank says what it would pay for slices: for what it sees in them, and not for what the request says. */
import { describe, expect, it } from '@jest/globals';
import { takesNoPartOfAnother } from '../support/consolidated.js';
import {
  changed,
  DUE,
  FINANCING_REQUEST,
  idOf,
  MSP,
  NEIGHBOUR,
  OFFER_END,
  presented,
  PRESENTMENT,
  QUOTE,
  SLICE,
  TERMS,
  TODAY,
  TOMORROW,
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
  outcomeOf,
  party,
  put,
  record,
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
  type Change,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { FINANCING_REQUEST_ROWS, LONG_LOCK, SLICE_ROWS } from '../support/vouching.js';
import { quote } from './quote.case.js';

/** Of another certificate of the same issuer and bank, due on the same day. */
const OTHER_ROOT = changed(TERMS, { id: idOf('bank', 'issuer', 'certificate', 2) });
const SECOND = changed(SLICE, {
  id: idOf('bank', 'supplier', 'slice', 2),
  ...{ certificateId: OTHER_ROOT.id, termsHash: OTHER_ROOT.hash, amount: '300' },
});
const ASKED = changed(FINANCING_REQUEST, { sliceIds: [SLICE.id, SECOND.id] });
const quoteId = idOf('otherBank', 'otherBank', 'own-quote');
const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const { rate, dayCount, fee, recourse, valueDate, validUntil } = QUOTE.record;
const scene = sceneOf(
  'financing:quote',
  callerOf('otherBank', ['checker']),
  { quoteId, requestId: ASKED.id, ticketId },
  {
    secret: { rate, dayCount, fee, recourse, valueDate, validUntil },
    shown: [ASKED, SLICE, TERMS, SECOND, OTHER_ROOT],
  },
);
const asked = (changes: Partial<typeof ASKED.record>): Change => record('financingRequest', changes);
const slice = (changes: Partial<typeof SLICE.record>): Change => record('slice', changes, 1);
const terms = (changes: Partial<typeof TERMS.record>): Change => record('terms', changes, 1);
/** 9.00 for 60 days of 360 at 2.5 per cent is 0.0375, so 0.04. */
const written = (changes: Partial<typeof QUOTE.record> = {}): Written => {
  const figures = { amount: '900', interest: '4', sellerInterest: '2', issuerInterest: '2', net: '893' };
  const slices = [
    { sliceId: SLICE.id, net: '595' },
    { sliceId: SECOND.id, net: '298' },
  ];
  return put('quote', quoteId, unsaltedOf(QUOTE, { id: quoteId, ...figures, slices, ...changes }), {
    ...{ in: [MSP.otherBank], copies: [MSP.supplier] },
  });
};

describeCommand({
  of: quote,
  scene,
  party: 'otherBank',
  books: [
    ['ID_TAKEN', 'the id is taken', taken(MSP.otherBank, 'quote', quoteId)],
    ['ID_FOREIGN', 'another organisation drew the id', request({ quoteId: idOf('otherBank', 'bank', 'own-quote') })],
    ['ID_FOREIGN', 'the id is for another book', request({ quoteId: idOf('supplier', 'otherBank', 'quote') })],
  ],
  unvouched: [...FINANCING_REQUEST_ROWS, ...SLICE_ROWS],
  rules: [
    ['FINANCING_LAPSED', 'the request ended yesterday', asked({ expiresOn: YESTERDAY }), {}],
    [
      'STATE',
      'the slices belong to another party of the organisation by now',
      all(neighbour(MSP.supplier, 'supplier'), record('slice', { holder: NEIGHBOUR })),
      { state: 'FREE', sliceId: SLICE.id, index: '0' },
    ],
    [
      'STATE',
      'one of them does',
      all(neighbour(MSP.supplier, 'supplier'), slice({ holder: NEIGHBOUR })),
      { state: 'FREE', sliceId: SECOND.id, index: '1' },
    ],
    [
      'BATCH_MIXED',
      'the holder wrote slices of two currencies into its request',
      all(terms({ currency: 'KWD' }), slice({ currency: 'KWD' })),
      { index: '1' },
    ],
    ['BATCH_MIXED', 'one is paid a day later', terms({ paymentDate: '2027-03-16' }), { index: '1' }],
    ['STATE', 'one is on offer', slice({ state: 'OFFERED', lock: LONG_LOCK })],
    ['STATE', 'one is presented', slice({ state: 'PRESENTED', lock: presented(PRESENTMENT).record.lock })],
    ['STATE', 'one was split', slice({ state: 'SPENT' }), { state: 'SPENT', sliceId: SECOND.id, index: '1' }],
    ['STATE', 'one is paid', slice({ state: 'PAID' })],
    ['TIER_EXCEEDED', 'one has passed through as many hands as its terms allow', slice({ tier: 2 }), { index: '1' }],
    ['AMOUNT_OUT_OF_RANGE', 'the sum is more than any payment carries', slice({ amount: '1000000000000000000' })],
    [
      'DUE_REACHED',
      'the payment date has come',
      all(on(DUE), asked({ expiresOn: '2028-01-01' })),
      { certificateId: TERMS.id },
    ],
    ['QUOTE_VALUE_DATE', 'it would be paid yesterday', secret({ valueDate: YESTERDAY }), {}],
    ['QUOTE_VALUE_DATE', 'it would be paid on the payment date', secret({ valueDate: DUE })],
    ['QUOTE_EXPIRY', 'it would have ended yesterday', secret({ validUntil: YESTERDAY }), {}],
    ['QUOTE_EXPIRY', 'it would outlast the request', secret({ validUntil: '2026-12-16' })],
    ['QUOTE_EXPIRY', 'it would outlast its value date', secret({ valueDate: '2026-12-14', validUntil: OFFER_END })],
    ['QUOTE_COST', 'interest and fee are the whole amount', secret({ fee: '896' }), {}],
    ['QUOTE_COST', 'the fee alone is more', secret({ fee: '9999999999999999999' })],
  ],
  writes: { ...written(), ...gone('ticket', ticketId, MSP.otherBank) },
  enters: [MSP.supplier],
});

takesNoPartOfAnother(scene);

describe('a quote', () => {
  const figuresOf = async (change: Change): Promise<unknown> => {
    const all = await writtenBy(change(scene));
    return all[`${MSP.otherBank} own/quote/${quoteId}`]?.record;
  };

  it('may be paid and end today, or on the last days that there are', async () => {
    expect(await codeOf(secret({ valueDate: TODAY, validUntil: TODAY })(scene))).toBe('taken');
    expect(await codeOf(secret({ valueDate: '2027-03-14' })(scene))).toBe('taken');
    expect(await codeOf(secret({ valueDate: OFFER_END })(scene))).toBe('taken');
    expect(await codeOf(all(on(OFFER_END), asked({ expiresOn: OFFER_END }))(scene))).toBe('taken');
  });

  it('is refused once the last day of the request is over, whatever the quote says', async () => {
    const late = all(on('2026-12-16'), secret({ validUntil: '2026-12-16', valueDate: '2026-12-16' }));
    expect(await codeOf(late(scene))).toBe('FINANCING_LAPSED');
  });

  it.each([
    ['the seller', { kind: 'SELLER' as const }, { sellerInterest: '4', issuerInterest: '0', net: '891' }],
    ['the issuer', { kind: 'ISSUER' as const }, { sellerInterest: '0', issuerInterest: '4', net: '895' }],
    [
      'the issuer but for a basis point',
      { kind: 'SHARED' as const, issuerBasisPoints: 9999 },
      { sellerInterest: '0', issuerInterest: '4', net: '895' },
    ],
    [
      'the issuer by a basis point',
      { kind: 'SHARED' as const, issuerBasisPoints: 1 },
      { sellerInterest: '4', issuerInterest: '0', net: '891' },
    ],
  ])('has %s pay the interest where the request says so', async (_who, interestPayer, figures) => {
    expect(await figuresOf(asked({ interestPayer }))).toMatchObject({ interest: '4', ...figures, interestPayer });
  });

  it('leaves at least one unit: a fee of one less is taken', async () => {
    expect(await figuresOf(secret({ fee: '895' }))).toMatchObject({ net: '3' });
    expect(await figuresOf(all(secret({ fee: '895' }), asked({ interestPayer: { kind: 'SELLER' } })))).toMatchObject({
      ...{ net: '1', slices: [{ net: '1' }, { net: '0' }] },
    });
  });

  it('never costs the whole amount, even if the issuer is to pay all of the interest', async () => {
    const dear = all(
      asked({ interestPayer: { kind: 'ISSUER' } }),
      record('terms', { paymentDate: '2037-03-15' }),
      secret({ rate: '99.999999' }),
    );
    expect(await codeOf(dear(scene))).toBe('QUOTE_COST');
  });

  it('may be free of any fee, with or without recourse', async () => {
    expect(await figuresOf(secret({ fee: '0', recourse: false }))).toMatchObject({
      ...{ fee: '0', recourse: false, net: '898' },
    });
  });

  it('counts by the convention that it names', async () => {
    for (const [convention, interest] of [
      ['ACT/360', '409722'],
      ['ACT/365F', '404110'],
      ['ACT/ACT ISDA', '404110'],
      ['30/360', '416667'],
      ['30E/360', '416667'],
    ] as const) {
      const large = all(slice({ amount: '99999400' }), secret({ dayCount: convention }));
      expect([convention, await figuresOf(large)]).toEqual([convention, expect.objectContaining({ interest })]);
    }
  });

  it('takes the amounts from the slices, and no slice twice, whatever the holder wrote into its own book', async () => {
    const twice = asked({ sliceIds: [SLICE.id, SECOND.id, SLICE.id] });
    expect(await codeOf(twice(scene))).toBe('OPENING_MALFORMED');
    const one = asked({ sliceIds: [SECOND.id] });
    expect(await figuresOf(one)).toMatchObject({ amount: '300', slices: [{ sliceId: SECOND.id }] });
  });

  it('is made again after a better one, as often as the funder likes: each has its own id', async () => {
    const again = taken(MSP.otherBank, 'quote', QUOTE.id, QUOTE.bytes);
    expect(await codeOf(again(scene))).toBe('taken');
  });

  it('is made while issuer, bank and holder are suspended', async () => {
    const suspended = all(
      ...(['issuer', 'bank', 'supplier'] as const).map((name) => party(name, { status: 'SUSPENDED' })),
    );
    expect(await outcomeOf(suspended(scene))).toHaveProperty('written');
  });

  it('holds for a request of tomorrow too, where the date went back', async () => {
    expect(await codeOf(instead(changed(ASKED, { requestedOn: TOMORROW }))(scene))).toBe('taken');
  });
});
