/** Due slices of one holder, presented together for one payment into one account. */
import { describe, expect, it } from '@jest/globals';
import { present, type PresentFacts, type RootedSlice } from '../../../chaincode/src/domain/present.js';
import { codeOf } from '../protocol/support.js';
import {
  BANK,
  callerOf,
  changed,
  CONTRACTOR,
  DUE,
  idOf,
  MSP,
  OFFERED_SLICE,
  OTHER_BANK,
  PARTY,
  presented,
  PRESENTMENT,
  SLICE,
  TERMS,
  unsaltedOf,
} from './facts.js';
import { refusesInOrder } from './refusals.js';
import { wrongCallers } from './wrongs.js';

interface Call {
  readonly sliceIds: string[];
  readonly payeeBank: string;
  readonly facts: PresentFacts;
}

const OTHER_ROOT = changed(TERMS, { id: idOf('certificate', 2) });
const SECOND = changed(SLICE, { id: idOf('slice', 2), certificateId: OTHER_ROOT.id, amount: '70' });
const GOOD: Call = {
  ...{ sliceIds: [SLICE.id, SECOND.id], payeeBank: BANK },
  facts: {
    ...{
      caller: callerOf('supplier'),
      slices: [
        { slice: SLICE, terms: TERMS },
        { slice: SECOND, terms: OTHER_ROOT },
      ],
    },
    ...{ payeeBank: PARTY.bank, businessDate: DUE },
  },
};
const run = ({ sliceIds, payeeBank, facts }: Call): ReturnType<typeof present> =>
  present({ presentmentId: PRESENTMENT.id, sliceIds }, { account: 'ACCOUNT-1', payeeBank }, facts);
const facts = (changes: Partial<PresentFacts>) => (call: Call) => ({ ...call, facts: { ...call.facts, ...changes } });
const second = (change: (each: RootedSlice) => Partial<RootedSlice>) => (call: Call) =>
  facts({ slices: call.facts.slices.map((each, index) => (index === 1 ? { ...each, ...change(each) } : each)) })(call);
const slice = (changes: Partial<typeof SLICE.record>): ((call: Call) => Call) =>
  second((each) => ({ slice: changed(each.slice, changes) }));
const terms = (changes: Partial<typeof TERMS.record>): ((call: Call) => Call) =>
  second((each) => ({ terms: changed(each.terms, changes) }));

describe('present', () => {
  refusesInOrder<Call>(run, GOOD, [
    ['DUPLICATE_ITEM', 'one slice is named twice', (call) => ({ ...call, sliceIds: [SLICE.id, SLICE.id] })],
    ...wrongCallers<Call>('supplier', ['maker', 'checker'], (caller) => facts({ caller })),
    [
      'PARTY_ROLE',
      'the bank of the payee is none',
      facts({ payeeBank: { ...PARTY.bank, roles: ['supplier', 'operator', 'issuer'] } }),
    ],
    ['PARTY_ROLE', 'the bank of the payee is suspended', facts({ payeeBank: { ...PARTY.bank, status: 'SUSPENDED' } })],
    ['AMOUNT_OUT_OF_RANGE', 'the sum is more than any payment carries', slice({ amount: '1000000000000000000' })],
    [
      'OPENING_MISMATCH',
      'the terms of the second are of another certificate',
      slice({ certificateId: idOf('certificate', 3) }),
    ],
    [
      'SAME_ORGANIZATION',
      'one organisation vouches for the terms of the second',
      terms({ issuerMsp: MSP.bank, bankMsp: MSP.bank }),
      { mspId: MSP.bank, index: '1' },
    ],
    ['BATCH_MIXED', 'the second is held by another party', slice({ holder: CONTRACTOR })],
    ['BATCH_MIXED', 'the second is held in another organisation', slice({ holderMsp: MSP.contractor })],
    ['BATCH_MIXED', 'the second is in another currency', slice({ currency: 'CNY' })],
    ['BATCH_MIXED', 'the second is vouched for by another bank', terms({ bankMsp: MSP.otherBank })],
    ['BATCH_MIXED', 'the second is of another bank of the organisation', terms({ bank: OTHER_BANK })],
    ['BATCH_MIXED', 'the second is owed by another issuer', terms({ issuer: CONTRACTOR })],
    ['STATE', 'the second is on offer', slice({ state: 'OFFERED' })],
    [
      'STATE',
      'the second is presented already',
      second(() => ({ slice: changed(presented(PRESENTMENT), { certificateId: OTHER_ROOT.id }) })),
    ],
    ['STATE', 'the second was split', slice({ state: 'SPENT' })],
    ['STATE', 'the second is paid', slice({ state: 'PAID' })],
    ['DUE_NOT_REACHED', 'the second is due tomorrow', terms({ paymentDate: '2027-03-16' })],
  ]);

  it('says which does not fit', () => {
    expect(codeOf(() => run(slice({ state: 'PAID' })(GOOD)), true)).toEqual([
      'STATE',
      { state: 'PAID', sliceId: SECOND.id, index: '1' },
    ]);
    expect(codeOf(() => run(facts({ businessDate: '2027-03-14' })(GOOD)), true)).toEqual([
      'DUE_NOT_REACHED',
      { certificateId: TERMS.id, index: '0' },
    ]);
  });

  it('takes what was on offer when the offer lapsed, and no longer when it did not', () => {
    const offered = { ...OFFERED_SLICE, record: { ...OFFERED_SLICE.record } };
    const of = (expiresOn: string): unknown =>
      codeOf(() =>
        run(
          second(() => ({
            slice: changed(offered, {
              certificateId: OTHER_ROOT.id,
              lock: { ...OFFERED_SLICE.record.lock, expiresOn } as never,
            }),
          }))(GOOD),
        ),
      );
    expect([typeof of('2027-03-14'), of(DUE)]).toEqual(['object', 'STATE']);
  });

  it('takes a sum of exactly what a payment can carry', () => {
    expect(codeOf(() => run(slice({ amount: '999999999999999400' })(GOOD)))).toHaveProperty('answered');
    expect(codeOf(() => run(slice({ amount: '999999999999999401' })(GOOD)))).toBe('AMOUNT_OUT_OF_RANGE');
  });

  const locked = (each: typeof SLICE, counterpartyMsp: string, policy: object): object => ({
    ...{ op: 'put', kind: 'slice', id: each.id },
    record: {
      ...unsaltedOf(each),
      state: 'PRESENTED',
      lock: { kind: 'PRESENTMENT', id: PRESENTMENT.id, counterpartyMsp },
    },
    books: [{ mspId: MSP.bank, policy }, { mspId: MSP.supplier }],
  });
  const expected = (changes: object, mspIds: string[], policy: object): object => ({
    writes: [
      {
        ...{ op: 'put', kind: 'presentment', id: PRESENTMENT.id },
        // The register: the holder alone must not take back what the bank pays on.
        books: mspIds.map((mspId, index) => (index === 0 ? { mspId, policy: { all: [MSP.bank, mspId] } } : { mspId })),
        record: { ...unsaltedOf(PRESENTMENT), amount: '670', sliceIds: [SLICE.id, SECOND.id], ...changes },
      },
      locked(SLICE, mspIds[2] ?? '', policy),
      locked(SECOND, mspIds[2] ?? '', policy),
    ],
  });

  it('at the bank of the certificate keeps the slices with bank and holder', () => {
    expect(run(GOOD)).toEqual(expected({}, [MSP.supplier, MSP.bank, MSP.bank], { all: [MSP.bank, MSP.supplier] }));
  });

  it('at another bank lets that bank stand in for a silent holder', () => {
    const elsewhere = { ...facts({ payeeBank: PARTY.otherBank })(GOOD), payeeBank: OTHER_BANK };
    const changes = { payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank };
    const policy = { all: [MSP.bank], any: [MSP.supplier, MSP.otherBank] };
    expect(run(elsewhere)).toEqual(expected(changes, [MSP.supplier, MSP.bank, MSP.otherBank], policy));
  });

  it('takes fifty slices', () => {
    const many = Array.from({ length: 50 }, (_, index) => changed(SLICE, { id: idOf('slice', index) }));
    const call: Call = {
      ...facts({ slices: many.map((each) => ({ slice: each, terms: TERMS })) })(GOOD),
      sliceIds: many.map(({ id }) => id),
    };
    expect(run(call).writes).toHaveLength(51);
  });
});
