/** What a batch has decided is done: the slice passes to its receiver. Holder, receiver and bank may each do it. */
import { describe, expect, it } from '@jest/globals';
import {
  ABORTED,
  AGREED,
  ALLOCATED_SLICE,
  BATCH_ID,
  BLOCK_ROW,
  COMMITTED,
  CREDIT_ROW,
  outcomeWith,
  proofOf,
  refusalOf,
  SETTLEMENT_LOCK,
  SLICE_LEG,
  SLICE_ROW,
  stands,
} from '../support/batchFacts.js';
import {
  CONTRACTOR,
  DUE,
  HASH,
  idOf,
  ISSUER,
  MSP,
  NEIGHBOUR,
  presented,
  PRESENTMENT,
  SLICE,
  SUPPLIER,
  TERMS,
  unsaltedOf,
} from '../support/facts.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  instead,
  neighbour,
  on,
  outcomeOf,
  party,
  put,
  record,
  request,
  sceneOf,
  without,
  writtenBy,
  type Written,
} from '../support/scene.js';
import { BY_ANYBODY, describeCommand, operatorRows } from '../support/table.js';
import { SLICE_LEG_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { approvedAsShown, rowsApproved } from '../support/wholeBatch.js';
import { complete } from './complete.case.js';

const scene = approvedAsShown(
  sceneOf(
    'slice:complete',
    callerOf('contractor', ['maker']),
    { sliceId: SLICE.id, legId: SLICE_LEG.id },
    { shown: [SLICE_LEG, COMMITTED, ALLOCATED_SLICE, TERMS] },
  ),
);
const passed = { holder: CONTRACTOR, holderMsp: MSP.contractor, tier: 1, state: 'FREE', lock: null } as const;
const handed = (...copies: string[]): Written =>
  put('slice', SLICE.id, unsaltedOf(ALLOCATED_SLICE, passed), {
    ...{ in: [MSP.bank], copies, policy: 'BankMSP & ContractorMSP' },
  });
/** What all books of the batch hold, where the leg of the slice is another one in its sheet. */
const otherwise = instead(outcomeWith('COMMITTED', [{ ...SLICE_ROW, legHash: HASH }, CREDIT_ROW, BLOCK_ROW]));
const lock = (changes: object): ReturnType<typeof record> =>
  record('slice', { lock: { ...SETTLEMENT_LOCK, ...changes } });

describeCommand({
  of: { ...complete, ...BY_ANYBODY },
  scene,
  elsewhere: ['NOT_PROVEN'],
  books: [
    ['OUTCOME_MISSING', 'no outcome is shown', without('outcome')],
    [
      'NOT_APPROVED',
      'the receiver has approved nothing: all registers of the batch together made it up',
      absent(MSP.contractor, 'approval', BATCH_ID),
      { kind: 'approval', id: BATCH_ID, mspId: MSP.contractor },
    ],
    ['NOT_APPROVED', 'the receiver has declined', stands(MSP.contractor, 'approval', refusalOf(MSP.contractor))],
  ],
  unvouched: rowsApproved([...SLICE_ROWS, ...SLICE_LEG_ROWS]),
  callers: operatorRows('contractor'),
  rules: rowsApproved([
    ['OUTCOME_MISSING', 'the batch is only agreed', instead(AGREED)],
    ['OUTCOME_MISSING', 'the batch was aborted', instead(ABORTED)],
    ['LEG_FOREIGN', 'another leg of that id was committed', otherwise],
    [
      'CALLER_NOT_ALLOWED',
      'the caller is of the organisation of a bank of the money',
      as(callerOf('otherBank', ['maker'])),
    ],
    ['CALLER_NOT_ALLOWED', 'the caller is of the organisation of the issuer', as(callerOf('issuer', ['checker']))],
    ['STATE', 'the slice is free', instead(SLICE), { state: 'FREE', sliceId: SLICE.id }],
    ['STATE', 'the slice is presented', instead(presented(PRESENTMENT))],
    ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
    ['LEG_FOREIGN', 'the slice is allocated to another batch', lock({ id: idOf('bank', 'supplier', 'leg', 8) })],
    ['LEG_FOREIGN', 'the slice is locked for another organisation', lock({ counterpartyMsp: MSP.otherBank })],
    ['LEG_FOREIGN', 'the slice has no lock', record('slice', { lock: null })],
    ['LEG_FOREIGN', 'the slice is smaller than the leg says', record('slice', { amount: '599' })],
    ['LEG_FOREIGN', 'the leg is in another currency', record('leg', { currency: 'CNY' })],
    ['LEG_FOREIGN', 'the leg is of another slice', record('leg', { sliceId: idOf('bank', 'supplier', 'slice', 2) })],
    [
      'LEG_FOREIGN',
      'the slice is held by another party of the organisation',
      all(neighbour(MSP.supplier, 'supplier'), record('slice', { holder: NEIGHBOUR })),
    ],
  ]),
  writes: handed(MSP.contractor, MSP.supplier),
});

it.each(['supplier', 'bank'] as const)('is done by the %s as well', async (name) => {
  expect(await writtenBy(as(callerOf(name, ['checker']))(scene))).toEqual(handed(MSP.contractor, MSP.supplier));
});

it('leaves the copy of a silent holder as it is', async () => {
  expect(await writtenBy(request({ books: 'register' })(scene))).toEqual(handed(MSP.contractor));
});

it('counts one more hand, also where it is the last', async () => {
  const written = await writtenBy(record('slice', { tier: 1 })(scene));
  expect(written[`${MSP.bank} own/slice/${SLICE.id}`]).toMatchObject({ record: { tier: 2 } });
});

it('is done however late, whoever was suspended since: it was committed', async () => {
  const names = ['bank', 'issuer', 'supplier', 'contractor', 'otherBank'] as const;
  const suspended = all(...names.map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await codeOf(all(suspended, on(DUE))(scene))).toBe('taken');
});

describe('a slice that its holder has to sign for', () => {
  const { proverMsp: _none, ...unproved } = SETTLEMENT_LOCK;
  const guarded = record('slice', { lock: unproved })(scene);

  it('passes on only when the holder has approved the batch in its own book', async () => {
    expect(await codeOf(guarded)).toBe('taken');
    const silent = absent(MSP.supplier, 'approval', BATCH_ID);
    const data = { kind: 'approval', id: BATCH_ID, mspId: MSP.supplier };
    expect(await outcomeOf(silent(guarded))).toEqual({ refused: 'NOT_APPROVED', data });
    expect(await codeOf(silent(scene))).toBe('taken');
  });

  it('passes on only when the holder says that its money came, where its bank would say what suits the payer', async () => {
    // The bank of the payee keeps the slice.
    const money = { ...CREDIT_ROW, payerBankMsp: MSP.otherBank };
    const shared = all(instead(outcomeWith('COMMITTED', [SLICE_ROW, money, BLOCK_ROW])), approvedAsShown)(guarded);
    const data = { kind: 'proof', id: CREDIT_ROW.id, mspId: MSP.supplier };
    expect(await outcomeOf(shared)).toEqual({ refused: 'NOT_PROVEN', data });
    expect(await codeOf(stands(MSP.supplier, 'proof', proofOf(money, 'ACKNOWLEDGED'))(shared))).toBe('taken');
    expect(await codeOf(stands(MSP.supplier, 'proof', proofOf(money, 'CREDITED'))(shared))).toBe('NOT_PROVEN');
  });
});

describe('a leg', () => {
  /** What the slice is after a leg that says otherwise. */
  const after = async (leg: object, slice: object = {}): Promise<unknown> => {
    const changed = all(record('leg', leg), record('slice', slice), approvedAsShown);
    return (await writtenBy(changed(scene)))[`${MSP.bank} own/slice/${SLICE.id}`];
  };
  const policy = 'BankMSP & ContractorMSP';
  const seller = { party: SUPPLIER, mspId: MSP.supplier };
  const earlier = { party: ISSUER, mspId: MSP.issuer };

  it('SURRENDER pays the slice, which keeps its holder and what locked it', async () => {
    const record = unsaltedOf(ALLOCATED_SLICE, { state: 'PAID' });
    expect(await after({ what: 'SURRENDER' })).toEqual({ record, policy: MSP.bank });
  });

  it('PLEDGE leaves the slice with its holder, until the day on which the pledge ends', async () => {
    const lock = {
      ...{ kind: 'PLEDGE' as const, id: SLICE_LEG.id, counterparty: CONTRACTOR, counterpartyMsp: MSP.contractor },
      expiresOn: '2027-01-15',
    };
    const record = unsaltedOf(ALLOCATED_SLICE, { state: 'PLEDGED', lock });
    const guards = 'BankMSP & (ContractorMSP | SupplierMSP)';
    expect(await after({ what: 'PLEDGE', pledgedUntil: '2027-01-15' })).toEqual({ record, policy: guards });
  });

  it('UNPLEDGE gives the slice back to its holder by the pledgee', async () => {
    const pledge = {
      ...{ id: idOf('bank', 'contractor', 'leg', 7), counterparty: SUPPLIER, counterpartyMsp: MSP.supplier },
      expiresOn: '2027-01-15',
    };
    const lock = { ...SETTLEMENT_LOCK, pledge };
    const held = { holder: CONTRACTOR, holderMsp: MSP.contractor, lock };
    const record = unsaltedOf(SLICE, { holder: CONTRACTOR, holderMsp: MSP.contractor });
    expect(await after({ what: 'UNPLEDGE' }, held)).toEqual({ record, policy });
  });

  it('with recourse adds the seller to those who answer for the slice, and without ends their list', async () => {
    const liable = (...list: object[]): object => ({
      record: unsaltedOf(ALLOCATED_SLICE, { ...passed, liable: list } as never),
      policy,
    });
    expect(await after({ recourse: true })).toEqual(liable(seller));
    expect(await after({ recourse: true }, { liable: [earlier] })).toEqual(liable(earlier, seller));
    expect(await after({}, { liable: [earlier] })).toEqual({ record: unsaltedOf(ALLOCATED_SLICE, passed), policy });
  });

  it.each(['SURRENDER', 'PLEDGE'])('%s leaves those who answer for the slice as they are', async (what) => {
    const liable = [earlier];
    expect(await after({ what, pledgedUntil: '2027-01-15' }, { liable })).toMatchObject({ record: { liable } });
  });
});
