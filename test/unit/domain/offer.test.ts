/** From confirmation to the payee's hand, or back: offer, accept, decline, unwind. */
import { describe, expect, it } from '@jest/globals';
import {
  accept,
  decline,
  offer,
  unwind,
  type AcceptFacts,
  type DeclineFacts,
  type OfferFacts,
  type OfferedFacts,
  type UnwindFacts,
} from '../../../chaincode/src/domain/offer.js';
import { codeOf } from '../protocol/support.js';
import {
  callerOf,
  changed,
  CLAIM,
  CONFIRMATION,
  CONTRACTOR,
  FACE,
  idOf,
  LINE,
  MSP,
  OFFERED,
  opened,
  OTHER_BANK,
  PARTY,
  REJECTION,
  SLICE,
  statusOf,
  TERMS,
  TODAY,
  unsaltedOf,
  YESTERDAY,
} from './facts.js';
import { refusesInOrder, type Wrong } from './refusals.js';
import { wrongCallers } from './wrongs.js';

const inBooks = (...mspIds: string[]): object => mspIds.map((mspId) => ({ mspId }));
const status = (state: string, ...mspIds: string[]): { readonly record: object; readonly books: object } => ({
  ...{
    op: 'put',
    kind: 'status',
    id: TERMS.id,
    record: { schema: 'tenor.status/1', id: TERMS.id, state },
    books: inBooks(...mspIds),
  },
});

describe('offer', () => {
  interface Call {
    readonly expiresOn: string;
    readonly facts: OfferFacts;
  }
  const good: Call = {
    expiresOn: '2026-12-15',
    facts: {
      ...{ caller: callerOf('bank'), bank: PARTY.bank, issuer: PARTY.issuer },
      ...{ terms: TERMS, face: FACE, confirmation: CONFIRMATION, businessDate: TODAY },
    },
  };
  const run = ({ expiresOn, facts }: Call): unknown => offer({ certificateId: TERMS.id }, { expiresOn }, facts);
  const facts = (changes: Partial<OfferFacts>) => (call: Call) => ({ ...call, facts: { ...call.facts, ...changes } });

  refusesInOrder<Call>(run, good, [
    ...wrongCallers<Call>('bank', ['maker', 'checker'], (caller) => facts({ caller })),
    [
      'PARTY_ROLE',
      'the registry binds the bank to another organisation',
      facts({ bank: { ...PARTY.bank, mspId: MSP.otherBank } }),
    ],
    ['PARTY_ROLE', 'the bank is none', facts({ bank: { ...PARTY.bank, roles: ['issuer', 'supplier'] } })],
    [
      'PARTY_ROLE',
      'the registry binds the issuer to another organisation',
      facts({ issuer: { ...PARTY.issuer, mspId: MSP.contractor } }),
    ],
    [
      'SAME_ORGANIZATION',
      'one organisation vouches for the terms',
      facts({ terms: changed(TERMS, { issuerMsp: MSP.bank }), issuer: { ...PARTY.issuer, mspId: MSP.bank } }),
      { mspId: MSP.bank },
    ],
    ['STATE', 'the bank rejected it', facts({ confirmation: REJECTION })],
    ['OFFER_EXPIRY', 'it would expire yesterday', (call) => ({ ...call, expiresOn: YESTERDAY })],
    [
      'OFFER_EXPIRY',
      'it would expire on the payment date',
      (call) => ({ ...call, expiresOn: TERMS.record.paymentDate }),
    ],
  ]);

  it.each([TODAY, '2027-03-14'])('may expire on %s', (expiresOn) => {
    expect(codeOf(() => run({ ...good, expiresOn }))).toHaveProperty('answered');
  });

  it('shows nothing twice to a payee whose organisation vouches as bank or issuer', () => {
    for (const payeeMsp of [MSP.bank, MSP.issuer]) {
      const hosted = facts({ face: changed(FACE, { payeeMsp }) })(good);
      expect((run(hosted) as { writes: { kind: string }[] }).writes.map(({ kind }) => kind)).toEqual(['status']);
    }
  });

  it('shows the payee terms, face and confirmation, byte for byte, and nothing else', () => {
    const shown = [TERMS, FACE, CONFIRMATION].map(({ kind, id, bytes }) => ({
      op: 'copy',
      kind,
      id,
      bytes,
      books: inBooks(MSP.supplier),
    }));
    const offered = { ...status('OFFERED', MSP.bank, MSP.supplier), record: unsaltedOf(OFFERED) };
    expect(run(good)).toEqual({ writes: [offered, ...shown] });
  });
});

const OFFER: OfferedFacts = {
  ...{ terms: TERMS, face: FACE, confirmation: CONFIRMATION, status: OFFERED, bank: PARTY.bank, issuer: PARTY.issuer },
};

describe('accept', () => {
  const [other, slices] = [idOf('certificate', 2), [idOf('slice', 1), idOf('slice', 2)] as const];
  const secondOffer: OfferedFacts = {
    ...OFFER,
    terms: changed(TERMS, { id: other }),
    face: changed(FACE, { id: other, amount: '70' }),
    status: opened('status', { ...OFFERED.record, id: other }),
  };
  const good: AcceptFacts = {
    caller: callerOf('supplier'),
    payee: PARTY.supplier,
    offered: [OFFER, secondOffer],
    businessDate: TODAY,
  };
  const items = [
    { certificateId: TERMS.id, sliceId: slices[0] },
    { certificateId: other, sliceId: slices[1] },
  ];
  const run = (facts: AcceptFacts): ReturnType<typeof accept> => accept({ items }, facts);
  const at = (place: number) => (change: (offered: OfferedFacts) => Partial<OfferedFacts>) => (facts: AcceptFacts) => ({
    ...facts,
    offered: facts.offered.map((each, index) => (index === place ? { ...each, ...change(each) } : each)),
  });
  const [first, second] = [at(0), at(1)];
  const payee = (changes: Partial<typeof PARTY.supplier>) => (facts: AcceptFacts) => ({
    ...facts,
    payee: { ...facts.payee, ...changes },
  });

  refusesInOrder<AcceptFacts>(run, good, [
    ...wrongCallers<AcceptFacts>('supplier', ['maker', 'checker'], (caller) => (facts) => ({ ...facts, caller })),
    [
      'CALLER_NOT_ALLOWED',
      'it is payable to another',
      first((each) => ({ face: changed(each.face, { payee: OTHER_BANK }) })),
    ],
    ['BATCH_MIXED', 'it is payable to another than the payee of all', payee({ id: CONTRACTOR })],
    ['PARTY_ROLE', 'the payee is suspended', payee({ status: 'SUSPENDED' })],
    ['PARTY_ROLE', 'the payee is no supplier', payee({ roles: ['bank', 'issuer'] })],
    [
      'PARTY_ROLE',
      'the registry binds the bank to another organisation',
      first(() => ({ bank: { ...PARTY.bank, mspId: MSP.otherBank } })),
    ],
    ['PARTY_ROLE', 'the bank of the terms is another', first(() => ({ bank: { ...PARTY.bank, id: CONTRACTOR } }))],
    ['PARTY_ROLE', 'the bank is none', first(() => ({ bank: { ...PARTY.bank, roles: ['issuer', 'supplier'] } }))],
    [
      'PARTY_ROLE',
      'the registry binds the issuer to another organisation',
      first(() => ({ issuer: { ...PARTY.issuer, mspId: MSP.contractor } })),
    ],
    [
      'PARTY_ROLE',
      'the issuer of the terms is another',
      first(() => ({ issuer: { ...PARTY.issuer, id: CONTRACTOR } })),
    ],
    ['PARTY_ROLE', 'the issuer is none', first(() => ({ issuer: { ...PARTY.issuer, roles: ['bank', 'supplier'] } }))],
    [
      'SAME_ORGANIZATION',
      'one organisation vouches for the terms',
      first((each) => ({
        terms: changed(each.terms, { issuerMsp: MSP.bank }),
        issuer: { ...PARTY.issuer, mspId: MSP.bank },
      })),
      { mspId: MSP.bank, index: '0' },
    ],
    ['STATE', 'it was accepted already', first(() => ({ status: statusOf('ACTIVE') }))],
    ['OFFER_LAPSED', 'it lapsed', first((each) => ({ status: changed(each.status, { offerExpiresOn: YESTERDAY }) }))],
  ]);

  it.each<[string, ReturnType<typeof second>]>([
    ['CALLER_NOT_ALLOWED', second((each) => ({ face: changed(each.face, { payeeMsp: MSP.contractor }) }))],
    ['BATCH_MIXED', second((each) => ({ terms: changed(each.terms, { bankMsp: MSP.otherBank }) }))],
    ['PARTY_ROLE', second(() => ({ bank: PARTY.otherBank }))],
    ['STATE', second(() => ({ status: statusOf('DECLINED') }))],
    ['OFFER_LAPSED', second((each) => ({ status: changed(each.status, { offerExpiresOn: YESTERDAY }) }))],
  ])('refuses all with %s when only the second does not fit, and says which', (code, change) => {
    expect(codeOf(() => run(change(good)), true)).toEqual([code, expect.objectContaining({ index: '1' })]);
  });

  it('takes offers of a bank and an issuer that were suspended since: they stay bound by what they signed', () => {
    const suspended = {
      bank: { ...PARTY.bank, status: 'SUSPENDED' as const },
      issuer: { ...PARTY.issuer, status: 'SUSPENDED' as const },
    };
    expect(codeOf(() => run(second(() => suspended)(good)))).toHaveProperty('answered');
  });

  it('refuses a payee other than the one that was loaded', () => {
    const foreign = { ...callerOf('supplier') };
    const both = {
      ...foreign,
      operator: { ...foreign.operator, parties: [PARTY.supplier.id, CONTRACTOR] },
    } as AcceptFacts['caller'];
    const face = changed(secondOffer.face, { payee: CONTRACTOR });
    expect(codeOf(() => run({ ...good, caller: both, offered: [OFFER, { ...secondOffer, face }] }), true)).toEqual([
      'BATCH_MIXED',
      { index: '1' },
    ]);
  });

  it('makes the whole face of each one root slice, guarded by bank and payee', () => {
    const policy = { all: [MSP.bank, MSP.supplier] };
    const sliceOf = (id: string, certificateId: string, amount: string): object => ({
      ...{ op: 'put', kind: 'slice', id, record: { ...unsaltedOf(SLICE), id, certificateId, amount } },
      books: [{ mspId: MSP.bank, policy }, { mspId: MSP.supplier }],
    });
    // The bank alone must not say otherwise; settling needs no payee.
    const taken = { mspId: MSP.bank, policy: { all: [MSP.bank], any: [MSP.supplier, MSP.issuer] } };
    const active = { ...status('ACTIVE'), books: [taken, { mspId: MSP.supplier }] };
    expect(run(good)).toEqual({
      writes: [
        active,
        sliceOf(slices[0], TERMS.id, '600'),
        { ...active, id: other, record: { ...active.record, id: other } },
        sliceOf(slices[1], other, '70'),
      ],
    });
  });
});

describe('decline', () => {
  const good: DeclineFacts = {
    ...{
      terms: TERMS,
      face: FACE,
      confirmation: CONFIRMATION,
      status: OFFERED,
      caller: callerOf('supplier'),
      businessDate: TODAY,
    },
  };
  const run = (facts: DeclineFacts): unknown => decline({ certificateId: TERMS.id }, facts);
  refusesInOrder<DeclineFacts>(run, good, [
    ...wrongCallers<DeclineFacts>('supplier', ['maker', 'checker'], (caller) => (facts) => ({ ...facts, caller })),
    ['STATE', 'it was accepted already', (facts) => ({ ...facts, status: statusOf('ACTIVE') })],
    [
      'OFFER_LAPSED',
      'it lapsed',
      (facts) => ({ ...facts, status: changed(facts.status, { offerExpiresOn: YESTERDAY }) }),
    ],
  ]);

  it('needs no reason and costs nothing', () => {
    expect(run(good)).toEqual({ writes: [status('DECLINED', MSP.bank, MSP.supplier)] });
  });
});

describe('unwind', () => {
  const used = changed(CLAIM, {
    allocations: [
      { certificateId: idOf('certificate', 9), amount: '1' },
      { certificateId: FACE.id, amount: '600' },
    ],
  });
  const drawn = changed(LINE, { utilised: '1000' });
  const good: UnwindFacts = {
    ...{
      caller: callerOf('bank'),
      face: FACE,
      confirmation: CONFIRMATION,
      status: statusOf('DECLINED'),
      line: drawn,
      claims: [used],
    },
    businessDate: TODAY,
  };
  const run = (facts: UnwindFacts): unknown => unwind({ certificateId: FACE.id }, facts);
  refusesInOrder<UnwindFacts>(run, good, [
    ...wrongCallers<UnwindFacts>('bank', ['maker', 'checker'], (caller) => (facts) => ({ ...facts, caller })),
    [
      'SAME_ORGANIZATION',
      'one organisation vouches for it',
      (facts) => ({ ...facts, face: changed(FACE, { issuerMsp: MSP.bank }) }),
      { mspId: MSP.bank },
    ],
    ['STATE', 'it is on offer', (facts) => ({ ...facts, status: OFFERED })],
    ['STATE', 'it was accepted', (facts) => ({ ...facts, status: statusOf('ACTIVE') })],
    ['STATE', 'it is settled', (facts) => ({ ...facts, status: statusOf('SETTLED') })],
    ['STATE', 'it was unwound', (facts) => ({ ...facts, status: statusOf('UNWOUND') })],
    ...[{ bankMsp: MSP.otherBank }, { issuerMsp: MSP.bank }, { bank: OTHER_BANK }].map((of): Wrong<UnwindFacts> => [
      'BATCH_MIXED',
      `its line says ${JSON.stringify(of)}`,
      (facts) => ({ ...facts, line: changed(drawn, of) }),
      { lineId: LINE.id },
    ]),
    ...[{ bankMsp: MSP.otherBank }, { issuerMsp: MSP.bank }, { seller: CONTRACTOR }, { currency: 'CNY' }].map(
      (of): Wrong<UnwindFacts> => [
        'DOCUMENT_FOREIGN',
        `its document says ${JSON.stringify(of)}`,
        (facts) => ({ ...facts, claims: [changed(used, of)] }),
        { claimId: CLAIM.id },
      ],
    ),
  ]);

  const released = {
    ...{ op: 'put', kind: 'claim', id: CLAIM.id, books: inBooks(MSP.bank, MSP.issuer) },
    record: { ...CLAIM.record, allocations: [{ certificateId: idOf('certificate', 9), amount: '1' }] },
  };
  const restored = { op: 'put', kind: 'line', id: LINE.id, record: LINE.record, books: inBooks(MSP.bank, MSP.issuer) };
  // The bank alone must not revive it: the end stands in the register under both.
  const unwound = {
    ...status('UNWOUND'),
    books: [{ mspId: MSP.bank, policy: { all: [MSP.bank, MSP.issuer] } }, { mspId: MSP.issuer }],
  };

  it.each([
    ['declined', good],
    ['confirmed and never offered', { ...good, status: undefined }],
    ['lapsed', { ...good, status: changed(OFFERED, { offerExpiresOn: YESTERDAY }) }],
  ])('restores line and documents exactly when it was %s', (_what, facts) => {
    expect(run(facts)).toEqual({ writes: [unwound, restored, released] });
  });

  it('restores the documents alone when it was rejected: nothing had been drawn', () => {
    const kept = {
      ...{ op: 'copy', kind: 'confirmation', id: REJECTION.id, bytes: REJECTION.bytes },
      books: [{ mspId: MSP.bank, policy: { all: [MSP.bank, MSP.issuer] } }],
    };
    expect(run({ ...good, confirmation: REJECTION, status: undefined, line: undefined })).toEqual({
      writes: [unwound, kept, released],
    });
  });
});
