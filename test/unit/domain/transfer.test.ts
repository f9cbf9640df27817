/** A whole slice passes on: offered under four eyes, answered by the transferee, lapsed by silence. */
import { describe, expect, it } from '@jest/globals';
import {
  acceptTransfer,
  declineTransfer,
  transfer,
  type AnswerFacts,
  type TransferFacts,
} from '../../../chaincode/src/domain/transfer.js';
import { codeOf } from '../protocol/support.js';
import {
  callerOf,
  changed,
  CONTRACTOR,
  idOf,
  LONG_OFFERED_SLICE,
  MSP,
  OFFERED_SLICE,
  PARTY,
  presented,
  PRESENTMENT,
  SLICE,
  TERMS,
  TODAY,
  TRANSFER_LOCK,
  unsaltedOf,
  YESTERDAY,
} from './facts.js';
import { refusesInOrder, type Wrong } from './refusals.js';
import { ticketFor, wrongCallers, wrongTickets } from './wrongs.js';

const put = (slice: typeof SLICE, changes: object, policy: object, readers: string[]): object => ({
  ...{ op: 'put', kind: 'slice', id: slice.id, record: { ...unsaltedOf(slice), ...changes } },
  books: [{ mspId: MSP.bank, policy }, ...readers.map((mspId) => ({ mspId }))],
});
const otherRoot = changed(TERMS, { id: idOf('certificate', 2) });

/** Terms in two books of others, or twice in one, are nobody's promise. */
const unvouched = <Call>(
  facts: (changes: Partial<Pick<AnswerFacts, 'bank' | 'issuer' | 'terms'>>) => (call: Call) => Call,
): Wrong<Call>[] => [
  [
    'PARTY_ROLE',
    'the registry binds the bank to another organisation',
    facts({ bank: { ...PARTY.bank, mspId: MSP.otherBank } }),
  ],
  ['PARTY_ROLE', 'the bank lost its role', facts({ bank: { ...PARTY.bank, roles: ['supplier', 'issuer'] } })],
  [
    'PARTY_ROLE',
    'the registry binds the issuer to another organisation',
    facts({ issuer: { ...PARTY.issuer, mspId: MSP.otherBank } }),
  ],
  ['PARTY_ROLE', 'the issuer is none', facts({ issuer: { ...PARTY.issuer, roles: ['bank', 'supplier'] } })],
  [
    'SAME_ORGANIZATION',
    'one organisation vouches for the terms',
    facts({ terms: changed(TERMS, { issuerMsp: MSP.bank }), issuer: { ...PARTY.issuer, mspId: MSP.bank } }),
    { mspId: MSP.bank },
  ],
];

describe('transfer', () => {
  interface Call {
    readonly expiresOn: string;
    readonly facts: TransferFacts;
  }
  const good: Call = {
    expiresOn: '2026-12-15',
    facts: {
      ...{
        caller: callerOf('supplier'),
        slice: SLICE,
        terms: TERMS,
        transferee: PARTY.contractor,
        bank: PARTY.bank,
        issuer: PARTY.issuer,
      },
      ...{ ticket: ticketFor('supplier'), businessDate: TODAY },
    },
  };
  const request = { sliceId: SLICE.id, transferId: TRANSFER_LOCK.id, ticketId: idOf('ticket') };
  const run = ({ expiresOn, facts }: Call): unknown => transfer(request, { transferee: CONTRACTOR, expiresOn }, facts);
  const facts = (changes: Partial<TransferFacts>) => (call: Call) => ({
    ...call,
    facts: { ...call.facts, ...changes },
  });
  const slice = (changes: Partial<typeof SLICE.record>) => (call: Call) =>
    facts({ slice: changed(call.facts.slice, changes) })(call);
  // Where the payment date is what is tested, the ticket must live as long.
  const onDate = (businessDate: string) => (call: Call) => {
    const ticket = { ...call.facts.ticket, opened: changed(call.facts.ticket.opened, { expiresOn: businessDate }) };
    return facts({ businessDate, ticket })(call);
  };

  refusesInOrder<Call>(run, good, [
    ['OPENING_MISMATCH', 'the terms are of another certificate', facts({ terms: otherRoot })],
    ...wrongCallers<Call>('supplier', ['checker'], (caller) => facts({ caller })),
    ...wrongTickets<Call>((change) => (call) => facts({ ticket: change(call.facts.ticket) })(call)),
    ['STATE', 'the slice was split', slice({ state: 'SPENT' })],
    ['STATE', 'the slice is on offer already', facts({ slice: LONG_OFFERED_SLICE })],
    ['STATE', 'the slice is presented', facts({ slice: presented(PRESENTMENT) })],
    ['STATE', 'the slice is paid', slice({ state: 'PAID' })],
    ['DUE_REACHED', 'the payment date has come', onDate(TERMS.record.paymentDate)],
    ...unvouched<Call>((changes) => facts(changes)),
    ['PARTY_ROLE', 'the transferee is suspended', facts({ transferee: { ...PARTY.contractor, status: 'SUSPENDED' } })],
    [
      'PARTY_ROLE',
      'the transferee is neither supplier nor bank',
      facts({ transferee: { ...PARTY.contractor, roles: ['issuer', 'operator', 'regulator'] } }),
    ],
    ['SELF_TRANSFER', 'the transferee holds it', facts({ transferee: PARTY.supplier })],
    ['TIER_EXCEEDED', 'it went through as many hands as the terms allow', slice({ tier: 2 })],
    ['OFFER_EXPIRY', 'the offer would end yesterday', (call) => ({ ...call, expiresOn: YESTERDAY })],
    [
      'OFFER_EXPIRY',
      'the offer would end on the payment date',
      (call) => ({ ...call, expiresOn: TERMS.record.paymentDate }),
    ],
  ]);

  it.each([TODAY, '2027-03-14'])('may be open until %s', (expiresOn) => {
    expect(codeOf(() => run({ ...good, expiresOn }))).toHaveProperty('answered');
  });

  it('may go to a bank, and through the last tier', () => {
    expect(codeOf(() => run(slice({ tier: 1 })(facts({ transferee: PARTY.otherBank })(good))))).toHaveProperty(
      'answered',
    );
  });

  it('may be offered again when an earlier offer lapsed', () => {
    const lapsed = onDate('2026-12-16')(facts({ slice: OFFERED_SLICE })(good));
    expect(codeOf(() => run({ ...lapsed, expiresOn: '2026-12-20' }))).toHaveProperty('answered');
  });

  it('shows the terms to nobody who has them as issuer', () => {
    const hosted = facts({ transferee: { ...PARTY.contractor, mspId: MSP.issuer } })(good);
    expect((run(hosted) as { writes: { kind: string }[] }).writes.map(({ kind }) => kind)).toEqual(['slice', 'ticket']);
  });

  it('keeps the slice with bank and holder where the transferee lives with the bank', () => {
    const hosted = facts({ transferee: { ...PARTY.contractor, mspId: MSP.bank } })(good);
    const lock = { ...TRANSFER_LOCK, counterpartyMsp: MSP.bank };
    expect(run(hosted)).toMatchObject({
      writes: [
        put(SLICE, { state: 'OFFERED', lock }, { all: [MSP.bank, MSP.supplier] }, [MSP.supplier, MSP.bank]),
        { op: 'delete', kind: 'ticket' },
      ],
    });
  });

  it('locks the slice so that either side can go on, shows the terms, and spends the ticket', () => {
    const policy = { all: [MSP.bank], any: [MSP.supplier, MSP.contractor] };
    expect(run(good)).toEqual({
      writes: [
        put(SLICE, { state: 'OFFERED', lock: TRANSFER_LOCK }, policy, [MSP.supplier, MSP.contractor]),
        { op: 'copy', kind: 'terms', id: TERMS.id, bytes: TERMS.bytes, books: [{ mspId: MSP.contractor }] },
        { op: 'delete', kind: 'ticket', id: idOf('ticket'), books: [{ mspId: MSP.supplier }] },
      ],
    });
  });
});

const ANSWER: AnswerFacts = {
  ...{
    caller: callerOf('contractor'),
    slice: OFFERED_SLICE,
    terms: TERMS,
    transferee: PARTY.contractor,
    bank: PARTY.bank,
    issuer: PARTY.issuer,
  },
  businessDate: TODAY,
};
const facts = (changes: Partial<AnswerFacts>) => (current: AnswerFacts) => ({ ...current, ...changes });
const request = { sliceId: SLICE.id, transferId: TRANSFER_LOCK.id };
const otherOffer = changed(OFFERED_SLICE, { lock: { ...TRANSFER_LOCK, id: idOf('transfer', 2) } });
const lapsed = changed(OFFERED_SLICE, { lock: { ...TRANSFER_LOCK, expiresOn: YESTERDAY } });

const wrongAnswers: readonly Wrong<AnswerFacts>[] = [
  ['OPENING_MISMATCH', 'the terms are of another certificate', facts({ terms: otherRoot })],
  ['STATE', 'the slice is free', facts({ slice: SLICE }), { state: 'FREE' }],
  ['STATE', 'the slice is on offer under another id', facts({ slice: otherOffer })],
  [
    'STATE',
    'the slice is presented under that id',
    facts({
      slice: changed(presented(PRESENTMENT), {
        lock: { kind: 'PRESENTMENT', id: TRANSFER_LOCK.id, counterpartyMsp: MSP.bank },
      }),
    }),
  ],
  ...wrongCallers<AnswerFacts>('contractor', ['maker', 'checker'], (caller) => facts({ caller })),
  ['OFFER_LAPSED', 'the offer ended yesterday', facts({ slice: lapsed })],
];

describe('acceptTransfer', () => {
  const run = (current: AnswerFacts): unknown => acceptTransfer(request, current);
  refusesInOrder<AnswerFacts>(run, ANSWER, [
    ...wrongAnswers,
    ['DUE_REACHED', 'the payment date came first', facts({ terms: changed(TERMS, { paymentDate: TODAY }) })],
    ...unvouched<AnswerFacts>(facts),
    [
      'PARTY_ROLE',
      'the transferee was suspended since',
      facts({ transferee: { ...PARTY.contractor, status: 'SUSPENDED' } }),
    ],
    [
      'PARTY_ROLE',
      'the transferee is no supplier any more',
      facts({ transferee: { ...PARTY.contractor, roles: ['issuer'] } }),
    ],
  ]);

  it('makes the transferee the holder, one tier further, and writes nothing into the books of the one before', () => {
    const taken = { holder: CONTRACTOR, holderMsp: MSP.contractor, tier: 1, state: 'FREE', lock: null };
    expect(run(ANSWER)).toEqual({
      writes: [put(OFFERED_SLICE, taken, { all: [MSP.bank, MSP.contractor] }, [MSP.contractor])],
      endorsers: [],
    });
  });

  it('asks the former holder to sign where the transferee lives with the bank: the bank alone moves nothing', () => {
    const hosted = { ...PARTY.contractor, mspId: MSP.bank };
    const slice = changed(OFFERED_SLICE, { lock: { ...TRANSFER_LOCK, counterpartyMsp: MSP.bank } });
    const caller = { ...callerOf('contractor'), mspId: MSP.bank };
    expect(run({ ...ANSWER, caller, slice, transferee: hosted })).toMatchObject({ endorsers: [MSP.supplier] });
  });

  it('is open on the last day of the offer', () => {
    expect(codeOf(() => run({ ...ANSWER, businessDate: '2026-12-15' }))).toHaveProperty('answered');
    expect(codeOf(() => run({ ...ANSWER, businessDate: '2026-12-16' }))).toBe('OFFER_LAPSED');
  });
});

describe('declineTransfer', () => {
  const run = (current: AnswerFacts): unknown => declineTransfer(request, current);
  refusesInOrder<AnswerFacts>(run, ANSWER, wrongAnswers);

  it('gives the slice back as it was', () => {
    const policy = { all: [MSP.bank, MSP.supplier] };
    const writes = [put(OFFERED_SLICE, { state: 'FREE', lock: null }, policy, [MSP.supplier, MSP.contractor])];
    expect(run(ANSWER)).toEqual({ writes, endorsers: [] });
  });

  it('leaves the copy of a holder that does not answer as it is', () => {
    const policy = { all: [MSP.bank, MSP.supplier] };
    const writes = [put(OFFERED_SLICE, { state: 'FREE', lock: null }, policy, [MSP.contractor])];
    expect(declineTransfer({ ...request, books: 'register' }, ANSWER)).toEqual({ writes, endorsers: [] });
  });

  it('needs neither role nor voucher: who wants no slice can always say so', () => {
    const bare = facts({ transferee: { ...PARTY.contractor, status: 'SUSPENDED' }, bank: PARTY.otherBank })(ANSWER);
    expect(codeOf(() => run(bare))).toHaveProperty('answered');
  });
});
