/** Proof that money arrived, and what it takes to release slices on it. */
import { describe, expect, it } from '@jest/globals';
import {
  acknowledge,
  attestCredit,
  needsAcknowledgement,
  release,
  reportPayment,
  type AcknowledgeFacts,
  type AttestFacts,
  type ReleaseFacts,
  type ReportFacts,
} from '../../../chaincode/src/domain/payment.js';
import type { RootedSlice } from '../../../chaincode/src/domain/present.js';
import { PAYMENT_STATUSES } from '../../../chaincode/src/protocol/records/index.js';
import type { ParsedPrivate } from '../../../chaincode/src/protocol/commands/index.js';
import { codeOf } from '../protocol/support.js';
import {
  ACKNOWLEDGEMENT,
  ATTESTATION,
  callerOf,
  changed,
  CONTRACTOR,
  DUE,
  FOREIGN_PRESENTMENT,
  HASH,
  idOf,
  MSP,
  OTHER_BANK,
  PAYMENT,
  presented,
  PRESENTMENT,
  SLICE,
  TERMS,
  UETR,
  unsaltedOf,
} from './facts.js';
import { refusesInOrder, type Wrong } from './refusals.js';
import { ticketFor, wrongCallers, wrongTickets } from './wrongs.js';

const OTHER_UETR = '11111111-2222-4333-8444-555555555555';
const MONEY = { currency: 'USD', amount: '600' };
const wrongMoney = <Call>(money: (changes: Partial<typeof MONEY>) => (call: Call) => Call): Wrong<Call>[] => [
  ['PAYMENT_MISMATCH', 'one unit less', money({ amount: '599' })],
  ['PAYMENT_MISMATCH', 'one unit more', money({ amount: '601' })],
  ['PAYMENT_MISMATCH', 'the same amount in another currency', money({ currency: 'CNY' })],
];

/** A presentment names its own register, so anyone can write one at home under an id that a slice is locked for. */
const foreign = <Call extends { readonly slices: readonly RootedSlice[] }>(): Wrong<Call>[] => {
  const each = (change: (rooted: RootedSlice) => RootedSlice) => (call: Call) => ({
    ...call,
    slices: call.slices.map(change),
  });
  const slice = (changes: Partial<typeof SLICE.record>): ((call: Call) => Call) =>
    each((rooted) => ({ ...rooted, slice: changed(rooted.slice, changes) }));
  const terms = (changes: Partial<typeof TERMS.record>): ((call: Call) => Call) =>
    each((rooted) => ({ ...rooted, terms: changed(rooted.terms, changes) }));
  return [
    ['STATE', 'the slice is held by another party', slice({ holder: CONTRACTOR })],
    ['STATE', 'the slice is held in another organisation', slice({ holderMsp: MSP.contractor })],
    [
      'STATE',
      'the slice waits for another bank of the payee',
      slice({ lock: { kind: 'PRESENTMENT', id: PRESENTMENT.id, counterpartyMsp: MSP.otherBank } }),
    ],
    ['STATE', 'the slice is of another bank', terms({ bank: OTHER_BANK })],
    ['STATE', "the slice is of another bank's organisation", terms({ bankMsp: MSP.otherBank })],
  ];
};

describe('reportPayment', () => {
  interface Call {
    readonly secret: ParsedPrivate<'payment:report'>;
    readonly facts: ReportFacts;
  }
  const good: Call = {
    secret: { ...MONEY, status: 'ACCC', messageHash: HASH },
    facts: { caller: callerOf('bank'), presentment: PRESENTMENT, earlier: changed(PAYMENT, { status: 'ACSP' }) },
  };
  const run = ({ secret, facts }: Call): unknown =>
    reportPayment({ uetr: UETR, presentmentId: PRESENTMENT.id }, secret, facts);
  const facts = (changes: Partial<ReportFacts>) => (call: Call) => ({ ...call, facts: { ...call.facts, ...changes } });
  const earlier = (changes: Partial<typeof PAYMENT.record>) => (call: Call) =>
    facts({ earlier: changed(call.facts.earlier ?? PAYMENT, changes) })(call);

  refusesInOrder<Call>(run, good, [
    ...wrongCallers<Call>('bank', ['maker', 'checker'], (caller) => facts({ caller })),
    ['UETR_USED', 'the payment is for another presentment', earlier({ presentmentId: idOf('presentment', 2) })],
    ['STATE', 'the payment arrived already', earlier({ status: 'ACCC' }), { state: 'ACCC' }],
    ['STATE', 'the payment was rejected already', earlier({ status: 'RJCT' })],
    ...wrongMoney<Call>((changes) => (call) => ({ ...call, secret: { ...call.secret, ...changes } })),
  ]);

  it.each(PAYMENT_STATUSES)('notes %s in the own book alone, over any status that was not final', (status) => {
    const expected = {
      op: 'put',
      kind: 'payment',
      id: UETR,
      record: { ...unsaltedOf(PAYMENT), status },
      books: [{ mspId: MSP.bank }],
    };
    const say = { ...good, secret: { ...good.secret, status } };
    expect(run(say)).toEqual({ writes: [expected] });
    expect(run(facts({ earlier: undefined })(say))).toEqual({ writes: [expected] });
    for (const before of ['ACSC', 'ACSP', 'ACTC', 'ACCP', 'PDNG'] as const)
      expect(run(earlier({ status: before })(say))).toEqual({ writes: [expected] });
  });
});

describe('attestCredit', () => {
  interface Call {
    readonly secret: ParsedPrivate<'payment:attest'>;
    readonly facts: AttestFacts;
  }
  const good: Call = {
    secret: { ...MONEY, valueDate: DUE, account: 'ACCOUNT-1', messageHash: HASH },
    facts: {
      caller: callerOf('otherBank'),
      presentment: FOREIGN_PRESENTMENT,
      ticket: ticketFor('otherBank'),
      businessDate: '2026-11-23',
    },
  };
  const run = ({ secret, facts }: Call): unknown =>
    attestCredit({ uetr: UETR, presentmentId: PRESENTMENT.id, ticketId: idOf('ticket') }, secret, facts);
  const facts = (changes: Partial<AttestFacts>) => (call: Call) => ({ ...call, facts: { ...call.facts, ...changes } });

  refusesInOrder<Call>(run, good, [
    ...wrongCallers<Call>('otherBank', ['checker'], (caller) => facts({ caller })),
    ['CALLER_NOT_ALLOWED', 'the paying bank says it', facts({ caller: callerOf('bank') })],
    ['CALLER_NOT_ALLOWED', 'the payee says it', facts({ caller: callerOf('supplier') })],
    ...wrongTickets<Call>((change) => (call) => facts({ ticket: change(call.facts.ticket) })(call)),
    [
      'ACCOUNT_MISMATCH',
      'another account was credited',
      (call) => ({ ...call, secret: { ...call.secret, account: 'ACCOUNT-2' } }),
    ],
    [
      'ACCOUNT_MISMATCH',
      'the account is written otherwise',
      (call) => ({ ...call, secret: { ...call.secret, account: 'account-1' } }),
    ],
    ...wrongMoney<Call>((changes) => (call) => ({ ...call, secret: { ...call.secret, ...changes } })),
  ]);

  it('writes what the paying bank may know: no account', () => {
    const books = [{ mspId: MSP.otherBank, policy: { all: [MSP.bank, MSP.otherBank] } }, { mspId: MSP.bank }];
    expect(run(good)).toEqual({
      writes: [
        { op: 'put', kind: 'attestation', id: UETR, record: unsaltedOf(ATTESTATION), books },
        { op: 'delete', kind: 'ticket', id: idOf('ticket'), books: [{ mspId: MSP.otherBank }] },
      ],
    });
  });
});

describe('acknowledge', () => {
  const good: AcknowledgeFacts = {
    ...{
      caller: callerOf('supplier'),
      presentment: PRESENTMENT,
      slices: [{ slice: presented(PRESENTMENT), terms: TERMS }],
      businessDate: DUE,
    },
  };
  const run = (facts: AcknowledgeFacts): unknown => acknowledge({ presentmentId: PRESENTMENT.id, uetr: UETR }, facts);
  const slice = (changes: Partial<typeof SLICE.record>) => (facts: AcknowledgeFacts) => ({
    ...facts,
    slices: facts.slices.map((each) => ({ ...each, slice: changed(each.slice, changes) })),
  });
  const otherLock = { kind: 'PRESENTMENT' as const, id: idOf('presentment', 2), counterpartyMsp: MSP.bank };

  refusesInOrder<AcknowledgeFacts>(run, good, [
    ...wrongCallers<AcknowledgeFacts>('supplier', ['maker', 'checker'], (caller) => (facts) => ({ ...facts, caller })),
    ['CALLER_NOT_ALLOWED', 'the bank says it for the payee', (facts) => ({ ...facts, caller: callerOf('bank') })],
    [
      'ACKNOWLEDGEMENT_UNNEEDED',
      'another bank attests',
      (facts) => ({ ...facts, presentment: FOREIGN_PRESENTMENT }),
      { bank: MSP.otherBank },
    ],
    ['STATE', 'the slice is presented otherwise', slice({ lock: otherLock })],
    ...foreign<AcknowledgeFacts>(),
    ['STATE', 'the slice has no lock', slice({ lock: null }), { state: 'PRESENTED', sliceId: SLICE.id }],
    [
      'STATE',
      'the slice is locked for a transfer of that id',
      slice({
        lock: {
          kind: 'TRANSFER',
          id: PRESENTMENT.id,
          counterparty: SLICE.record.holder,
          counterpartyMsp: MSP.bank,
          expiresOn: DUE,
        },
      }),
    ],
    ['STATE', 'it was acknowledged', slice({ state: 'ACKNOWLEDGED' })],
    ['STATE', 'it is paid', slice({ state: 'PAID' })],
  ]);

  it('writes the word of the payee, and leaves the slice to the bank alone', () => {
    const books = [{ mspId: MSP.supplier, policy: { all: [MSP.bank, MSP.supplier] } }, { mspId: MSP.bank }];
    expect(run(good)).toEqual({
      writes: [
        { op: 'put', kind: 'acknowledgement', id: PRESENTMENT.id, record: unsaltedOf(ACKNOWLEDGEMENT), books },
        {
          ...{
            op: 'put',
            kind: 'slice',
            id: SLICE.id,
            record: { ...unsaltedOf(presented(PRESENTMENT)), state: 'ACKNOWLEDGED' },
          },
          books: [{ mspId: MSP.bank, policy: { all: [MSP.bank] } }, { mspId: MSP.supplier }],
        },
      ],
    });
  });
});

describe('release', () => {
  const acknowledged = changed(presented(PRESENTMENT), { state: 'ACKNOWLEDGED' });
  const good: ReleaseFacts = {
    ...{
      caller: callerOf('bank'),
      presentment: PRESENTMENT,
      payment: PAYMENT,
      attestation: ATTESTATION,
      acknowledgement: ACKNOWLEDGEMENT,
    },
    ...{ slices: [{ slice: acknowledged, terms: TERMS }], businessDate: DUE },
  };
  const say = (facts: ReleaseFacts, books?: 'all' | 'register'): unknown =>
    release({ presentmentId: PRESENTMENT.id, uetr: UETR, ...(books === undefined ? {} : { books }) }, facts);
  const run = (facts: ReleaseFacts): unknown => say(facts);
  const payment = (changes: Partial<typeof PAYMENT.record>) => (facts: ReleaseFacts) => ({
    ...facts,
    payment: changed(facts.payment, changes),
  });
  const attestation = (changes: Partial<typeof ATTESTATION.record>) => (facts: ReleaseFacts) => ({
    ...facts,
    attestation: changed(facts.attestation, changes),
  });
  const word = (changes: Partial<typeof ACKNOWLEDGEMENT.record>) => (facts: ReleaseFacts) => ({
    ...facts,
    acknowledgement: changed(ACKNOWLEDGEMENT, changes),
  });
  const slice = (changes: Partial<typeof SLICE.record>) => (facts: ReleaseFacts) => ({
    ...facts,
    slices: facts.slices.map((each) => ({ ...each, slice: changed(each.slice, changes) })),
  });
  const otherPresentment = idOf('presentment', 2);
  const statuses = PAYMENT_STATUSES.filter((status) => status !== 'ACCC');

  refusesInOrder<ReleaseFacts>(run, good, [
    ...wrongCallers<ReleaseFacts>('bank', ['maker', 'checker'], (caller) => (facts) => ({ ...facts, caller })),
    ['PAYMENT_MISMATCH', 'the payment is for another presentment', payment({ presentmentId: otherPresentment })],
    ...wrongMoney<ReleaseFacts>(payment),
    [
      'PAYMENT_MISMATCH',
      'the attestation is for another presentment',
      attestation({ presentmentId: otherPresentment }),
    ],
    ['PAYMENT_MISMATCH', 'the attestation is of one unit less', attestation({ amount: '599' })],
    ['PAYMENT_MISMATCH', 'the attestation is in another currency', attestation({ currency: 'CNY' })],
    ...statuses.map((status): Wrong<ReleaseFacts> => [
      'PAYMENT_NOT_FINAL',
      `the payment is only ${status}`,
      payment({ status }),
      { status },
    ]),
    [
      'ACKNOWLEDGEMENT_NEEDED',
      "the payee is silent and its bank is the payer's",
      (facts) => ({ ...facts, acknowledgement: undefined }),
      { presentmentId: PRESENTMENT.id },
    ],
    ['PAYMENT_MISMATCH', 'the payee speaks of another payment', word({ uetr: OTHER_UETR })],
    ['PAYMENT_MISMATCH', 'the payee speaks of one unit less', word({ amount: '599' })],
    ['PAYMENT_MISMATCH', 'the payee speaks of another currency', word({ currency: 'CNY' })],
    [
      'STATE',
      'the slice is presented otherwise',
      slice({ lock: { kind: 'PRESENTMENT', id: otherPresentment, counterpartyMsp: MSP.bank } }),
    ],
    ...foreign<ReleaseFacts>(),
    ['STATE', 'the slice has no lock', slice({ lock: null })],
    ['STATE', 'the slice is paid', slice({ state: 'PAID' })],
    ['STATE', 'the slice is free', slice({ state: 'FREE' })],
  ]);

  const paid = (from: typeof SLICE, readers: string[]): object => ({
    ...{ op: 'put', kind: 'slice', id: SLICE.id, record: { ...unsaltedOf(from), state: 'PAID' } },
    books: [{ mspId: MSP.bank, policy: { all: [MSP.bank] } }, ...readers.map((mspId) => ({ mspId }))],
  });
  const elsewhere: ReleaseFacts = {
    ...good,
    ...{
      presentment: FOREIGN_PRESENTMENT,
      acknowledgement: undefined,
      slices: [{ slice: presented(FOREIGN_PRESENTMENT), terms: TERMS }],
    },
  };

  it.each([
    ['acknowledged, both books', good, 'all', { writes: [paid(acknowledged, [MSP.supplier])], endorsers: [] }],
    ['acknowledged, the holder silent', good, 'register', { writes: [paid(acknowledged, [])], endorsers: [] }],
    [
      'at another bank, both books',
      elsewhere,
      undefined,
      { writes: [paid(presented(FOREIGN_PRESENTMENT), [MSP.supplier])], endorsers: [] },
    ],
    [
      'at another bank, the holder silent',
      elsewhere,
      'register',
      { writes: [paid(presented(FOREIGN_PRESENTMENT), [])], endorsers: [MSP.otherBank] },
    ],
  ] as const)('pays the slice: %s', (_what, facts, books, expected) => {
    expect(say(facts, books)).toEqual(expected);
  });

  it('needs no word of the payee where another bank attests, and does not look at one', () => {
    expect(
      codeOf(() => run({ ...elsewhere, acknowledgement: changed(ACKNOWLEDGEMENT, { amount: '1' }) })),
    ).toHaveProperty('answered');
  });
});

it("needs the payee to speak exactly where its bank is in the organisation of the payer's", () => {
  const sameHost = changed(FOREIGN_PRESENTMENT, { payeeBankMsp: MSP.bank });
  expect([PRESENTMENT, FOREIGN_PRESENTMENT, sameHost].map(({ record }) => needsAcknowledgement(record))).toEqual([
    true,
    false,
    true,
  ]);
});
