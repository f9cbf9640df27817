/** Due slices of one holder, presented together for one payment into one account. */
import { describe, expect, it } from '@jest/globals';
import { takesNoPartOfAnother } from '../support/consolidated.js';
import {
  ACCOUNT,
  BANK,
  changed,
  CONTRACTOR,
  DUE,
  idOf,
  ISSUER,
  MSP,
  NEIGHBOUR,
  OFFERED_SLICE,
  OTHER_BANK,
  POLICY,
  presented,
  PRESENTMENT,
  SLICE,
  STAND_IN,
  SUPPLIER,
  TERMS,
  TRANSFER_LOCK,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  neighbour,
  callerOf,
  codeOf,
  gone,
  on,
  outcomeOf,
  party,
  put,
  record,
  registered,
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
  type Change,
  type Scene,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { SLICE_ROWS } from '../support/vouching.js';
import { present } from './present.case.js';

const OTHER_ROOT = changed(TERMS, { id: idOf('bank', 'issuer', 'certificate', 2) });
const SECOND = changed(SLICE, {
  ...{
    id: idOf('bank', 'supplier', 'slice', 2),
    certificateId: OTHER_ROOT.id,
    termsHash: OTHER_ROOT.hash,
    amount: '70',
  },
});
const ID = idOf('supplier', 'supplier', 'own-presentment');
const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const scene = sceneOf(
  'slice:present',
  callerOf('supplier', ['checker']),
  { presentmentId: ID, sliceIds: [SLICE.id, SECOND.id], ticketId },
  {
    ...{ secret: { account: ACCOUNT, payeeBank: BANK }, shown: [SLICE, TERMS, SECOND, OTHER_ROOT], date: DUE },
  },
);
const slice = (changes: Partial<typeof SLICE.record>): ReturnType<typeof all> => record('slice', changes, 1);
const terms = (changes: Partial<typeof TERMS.record>): ReturnType<typeof all> => record('terms', changes, 1);
const locked = (of: typeof SLICE, counterpartyMsp: string, policy: string): Written => {
  const lock = { kind: 'PRESENTMENT' as const, id: ID, counterpartyMsp };
  return put('slice', of.id, unsaltedOf(of, { state: 'PRESENTED', lock }), {
    in: [MSP.bank],
    copies: [MSP.supplier],
    policy,
  });
};
const written = (
  payeeBank: string,
  payeeBankMsp: string,
  copies: string[],
  policy: string,
  standIn?: { readonly party: string; readonly mspId: string },
): Written => ({
  ...put(
    'presentment',
    ID,
    unsaltedOf(PRESENTMENT, {
      ...{ id: ID, payeeBank, payeeBankMsp, amount: '670', sliceIds: [SLICE.id, SECOND.id] },
      ...(standIn === undefined ? {} : { standIn }),
    }),
    { in: [MSP.supplier], copies, policy: 'BankMSP & SupplierMSP' },
  ),
  ...locked(SLICE, standIn?.mspId ?? payeeBankMsp, policy),
  ...locked(SECOND, standIn?.mspId ?? payeeBankMsp, policy),
  ...gone('ticket', ticketId, MSP.supplier),
});

describeCommand({
  of: present,
  // To a bank that is suspended nobody can be paid: the holder names another.
  suspended: 'PARTY_ROLE',
  scene,
  books: [
    ['ID_TAKEN', 'the id is used already', taken(MSP.supplier, 'presentment', ID), { kind: 'presentment', id: ID }],
    [
      'ID_FOREIGN',
      'the id is drawn by another',
      request({ presentmentId: idOf('supplier', 'contractor', 'presentment') }),
    ],
    ['ID_FOREIGN', 'the id names another book', request({ presentmentId: idOf('bank', 'supplier', 'presentment') })],
  ],
  unvouched: SLICE_ROWS,
  rules: [
    ['PARTY_ROLE', 'the bank of the payee is none', all(secret({ payeeBank: CONTRACTOR }))],
    [
      'PARTY_ROLE',
      'the bank of the payee is suspended',
      all(secret({ payeeBank: OTHER_BANK }), party('otherBank', { status: 'SUSPENDED' })),
    ],
    [
      'BATCH_MIXED',
      'the second is held by another party of the organisation',
      all(neighbour(MSP.supplier, 'supplier'), slice({ holder: NEIGHBOUR })),
      { index: '1' },
    ],
    ['BATCH_MIXED', 'the second is in another currency', all(slice({ currency: 'CNY' }), terms({ currency: 'CNY' }))],
    [
      'BATCH_MIXED',
      'the second is of another bank of the organisation',
      all(neighbour(MSP.bank, 'bank'), terms({ bank: NEIGHBOUR })),
    ],
    [
      'BATCH_MIXED',
      'the second is owed by another issuer of the organisation',
      all(neighbour(MSP.issuer, 'issuer'), terms({ issuer: NEIGHBOUR })),
    ],
    [
      'STATE',
      'the second is on offer',
      slice({ state: 'OFFERED' }),
      { state: 'OFFERED', sliceId: SECOND.id, index: '1' },
    ],
    [
      'STATE',
      'the second is presented already',
      slice({ state: 'PRESENTED', lock: presented(PRESENTMENT).record.lock }),
    ],
    ['STATE', 'the second was split', slice({ state: 'SPENT' })],
    ['STATE', 'the second is paid', slice({ state: 'PAID' })],
    [
      'DUE_NOT_REACHED',
      'the second is due tomorrow',
      terms({ paymentDate: '2027-03-16' }),
      { certificateId: OTHER_ROOT.id, index: '1' },
    ],
    ['AMOUNT_OUT_OF_RANGE', 'the sum is more than any payment carries', slice({ amount: '1000000000000000000' })],
  ],
  writes: written(BANK, MSP.bank, [MSP.bank], 'BankMSP & SupplierMSP'),
  enters: [MSP.bank],
});

takesNoPartOfAnother(scene);

it('keeps the reference that a payment without a UETR is to carry', async () => {
  const endToEndId = 'RT-2027/0042';
  const kept = { endToEndId, id: ID, amount: '670', sliceIds: [SLICE.id, SECOND.id] };
  expect(await writtenBy(secret({ endToEndId })(scene))).toMatchObject(
    put('presentment', ID, unsaltedOf(PRESENTMENT, kept), {
      ...{ in: [MSP.supplier], copies: [MSP.bank], policy: 'BankMSP & SupplierMSP' },
    }),
  );
});

it('at another bank lets that bank stand in for a silent holder', async () => {
  const policy = 'BankMSP & (OtherBankMSP | SupplierMSP)';
  const elsewhere = written(OTHER_BANK, MSP.otherBank, [MSP.bank, MSP.otherBank], policy);
  expect(await writtenBy(secret({ payeeBank: OTHER_BANK })(scene))).toEqual(elsewhere);
});

describe('with stand-ins in the policy', () => {
  const LISTED = [
    { party: ISSUER, mspId: MSP.issuer },
    { party: BANK, mspId: MSP.bank },
    { party: SUPPLIER, mspId: MSP.supplier },
    STAND_IN,
    { party: CONTRACTOR, mspId: MSP.contractor },
  ];
  const policies = (effectiveFrom: string, standIns = LISTED): Change =>
    registered('policies', { schema: 'tenor.policies/1', versions: [{ ...POLICY, effectiveFrom, standIns }] });
  const named = written(BANK, MSP.bank, [MSP.bank], 'BankMSP & (OtherBankMSP | SupplierMSP)', STAND_IN);
  const unnamed = written(BANK, MSP.bank, [MSP.bank], 'BankMSP & SupplierMSP');

  it('names the first that lives apart from issuer, bank and holder, and lets it close the slices with the bank', async () => {
    expect(await writtenBy(policies(DUE)(scene))).toEqual(named);
  });

  it('names nobody whose organisation leaves the channel', async () => {
    const leaving = registered('departures', {
      ...{ schema: 'tenor.departures/1', version: 1 },
      organizations: [{ mspId: MSP.otherBank, state: 'LEAVING' }],
    });
    const next = { party: CONTRACTOR, mspId: MSP.contractor };
    const byNext = written(BANK, MSP.bank, [MSP.bank], 'BankMSP & (ContractorMSP | SupplierMSP)', next);
    expect(await writtenBy(all(policies(DUE), leaving)(scene))).toEqual(byNext);
  });

  it('names nobody where all of them gain or lose by the payment, or rule only from tomorrow on', async () => {
    expect(await writtenBy(policies(DUE, LISTED.slice(0, 3))(scene))).toEqual(unnamed);
    expect(await writtenBy(policies('2027-03-16')(scene))).toEqual(unnamed);
  });

  it('names nobody at another bank, which can speak against the payee itself', async () => {
    const policy = 'BankMSP & (OtherBankMSP | SupplierMSP)';
    const elsewhere = written(OTHER_BANK, MSP.otherBank, [MSP.bank, MSP.otherBank], policy);
    expect(await writtenBy(all(policies(DUE), secret({ payeeBank: OTHER_BANK }))(scene))).toEqual(elsewhere);
  });
});

it('says which is not due', async () => {
  const data = { certificateId: TERMS.id, index: '0' };
  expect(await outcomeOf(on('2027-03-14')(scene))).toEqual({ refused: 'DUE_NOT_REACHED', data });
});

it('says which of two is not vouched for', async () => {
  expect(await outcomeOf(terms({ bank: OTHER_BANK })(scene))).toEqual({
    refused: 'PARTY_ROLE',
    data: { role: 'bank', index: '1' },
  });
});

it.each([
  ['2027-03-14', 'taken'],
  [DUE, 'STATE'],
])('whose offer ended on %s: %s', async (expiresOn, outcome) => {
  expect(await codeOf(slice({ state: OFFERED_SLICE.record.state, lock: { ...TRANSFER_LOCK, expiresOn } })(scene))).toBe(
    outcome,
  );
});

it('takes a sum of exactly what a payment can carry', async () => {
  expect(await codeOf(slice({ amount: '999999999999999400' })(scene))).toBe('taken');
  expect(await codeOf(slice({ amount: '999999999999999401' })(scene))).toBe('AMOUNT_OUT_OF_RANGE');
});

it('takes fifty slices', async () => {
  const many = Array.from({ length: 50 }, (_, index) =>
    changed(SLICE, { id: idOf('bank', 'supplier', 'slice', index) }),
  );
  const fifty: Scene = { ...request({ sliceIds: many.map(({ id }) => id) })(scene), shown: [...many, TERMS] };
  expect(Object.keys(await writtenBy(fifty))).toHaveLength(103);
});
