/** A slice comes back from a batch that ended without it. Holder and bank need nobody else for it. */
import { describe, expect, it } from '@jest/globals';
import {
  ABORTED,
  AFTER_END,
  AGREED,
  ALLOCATED_SLICE,
  BATCH_END,
  BATCH_ID,
  COMMITTED,
  covered,
  CREDIT_LEG,
  CREDIT_ROW,
  LEG_REMITTANCE,
  proofOf,
  rowOf,
  SETTLEMENT_LOCK,
  SLICE_LEG,
  SLICE_ROW,
  stands,
} from '../support/batchFacts.js';
import {
  changed,
  HASH,
  idOf,
  MSP,
  NEIGHBOUR_BANK,
  opened,
  OTHER_BANK,
  presented,
  PRESENTMENT,
  SLICE,
  SUPPLIER,
  TERMS,
  unsaltedOf,
} from '../support/facts.js';
import { batchIdOf } from '../support/relinked.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  gone,
  instead,
  neighbourBank,
  on,
  party,
  put,
  record,
  request,
  sceneOf,
  taken,
  without,
  writtenBy,
  type Change,
} from '../support/scene.js';
import { describeCommand, type Row } from '../support/table.js';
import { SLICE_LEG_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { release } from './release.case.js';

const scene = covered(SLICE_ROW)(
  sceneOf(
    'slice:release',
    callerOf('supplier', ['maker', 'checker']),
    { sliceId: SLICE.id, legId: SLICE_LEG.id },
    { shown: [SLICE_LEG, AGREED, ALLOCATED_SLICE, TERMS], date: AFTER_END },
  ),
);
const written = {
  ...put('slice', SLICE.id, unsaltedOf(SLICE), {
    ...{ in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP & SupplierMSP' },
  }),
  ...gone('cover', SLICE_LEG.id, MSP.bank),
};
const lock = (changes: object): ReturnType<typeof record> =>
  record('slice', { lock: { ...SETTLEMENT_LOCK, ...changes } });
const proven = (what: 'CREDITED' | 'PARTLY_CREDITED' | 'NOT_RECEIVED'): ReturnType<typeof taken> =>
  stands(MSP.otherBank, 'proof', proofOf(CREDIT_ROW, what));
const sent = stands(MSP.bank, 'remittance', LEG_REMITTANCE.record);

/** What is wrong with the slice itself, whatever has become of the batch. */
const SLICE_STANDS: readonly Row[] = [
  ['STATE', 'the slice is free', instead(SLICE), { state: 'FREE', sliceId: SLICE.id }],
  ['STATE', 'the slice is presented', instead(presented(PRESENTMENT))],
  ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
  ['LEG_FOREIGN', 'the slice is allocated to another batch', lock({ id: idOf('bank', 'supplier', 'leg', 8) })],
  ['LEG_FOREIGN', 'the slice is locked for another organisation', lock({ counterpartyMsp: MSP.otherBank })],
  ['LEG_FOREIGN', 'the slice is larger than the leg says', record('slice', { amount: '601' })],
];

describeCommand({
  of: release,
  scene,
  books: [
    [
      'NOT_ALLOCATED',
      'the leg was released already',
      absent(MSP.bank, 'cover', SLICE_LEG.id),
      { kind: 'cover', id: SLICE_LEG.id },
    ],
    ['NOT_ALLOCATED', 'the mark is of another leg', taken(MSP.bank, 'cover', SLICE_LEG.id)],
    [
      'OUTCOME_EXISTS',
      'an outcome is hidden',
      all(without('outcome'), taken(MSP.bank, 'outcome', BATCH_ID)),
      { kind: 'outcome', id: BATCH_ID },
    ],
    ['FUNDS_SENT', 'money was sent for it', sent, { kind: 'remittance', id: CREDIT_LEG.id }],
    ['FUNDS_SENT', 'money was sent for it and came', all(sent, proven('CREDITED'))],
    ['FUNDS_SENT', 'money came that nobody had reported', proven('CREDITED'), { kind: 'proof', id: CREDIT_LEG.id }],
    ['FUNDS_SENT', 'a part of it came that nobody had reported', proven('PARTLY_CREDITED')],
  ],
  unvouched: [...SLICE_ROWS, ...SLICE_LEG_ROWS],
  rules: [
    ...SLICE_STANDS,
    ['OUTCOME_EXISTS', 'the batch was committed', instead(COMMITTED)],
    ['BATCH_OPEN', 'it is the last day', on(BATCH_END)],
  ],
  writes: written,
});

describe('a batch', () => {
  it('that was aborted gives the slice back at once, and asks for no money', async () => {
    expect(await writtenBy(all(instead(ABORTED), on('2026-11-23'), sent)(scene))).toEqual(written);
  });

  it('that was never agreed gives it back after its last day, and asks no other register', async () => {
    const silent = without('outcome')(scene);
    expect(await writtenBy(all(sent, taken(MSP.otherBank, 'outcome', BATCH_ID))(silent))).toEqual(written);
    expect(await codeOf(on(BATCH_END)(silent))).toBe('BATCH_OPEN');
  });

  it('gives it back although money was sent, once the bank of the payee says that none came', async () => {
    expect(await writtenBy(all(sent, proven('NOT_RECEIVED'))(scene))).toEqual(written);
    expect(await writtenBy(proven('NOT_RECEIVED')(scene))).toEqual(written);
  });
});

it('goes on whoever was suspended since: it takes on nothing new', async () => {
  const names = ['bank', 'issuer', 'supplier', 'contractor', 'otherBank'] as const;
  expect(await codeOf(all(...names.map((name) => party(name, { status: 'SUSPENDED' })))(scene))).toBe('taken');
});

it('lets the slice pass on: its lock is gone and its number of hands is the same', async () => {
  const again = await writtenBy(record('slice', { tier: 2 })(scene));
  expect(again[`${MSP.bank} own/slice/${SLICE.id}`]).toMatchObject({ record: { tier: 2, lock: null } });
});

describe('a pledged slice that was to go back to its holder', () => {
  const pledge = {
    ...{ id: idOf('bank', 'supplier', 'leg', 7), counterparty: OTHER_BANK, counterpartyMsp: MSP.otherBank as string },
    expiresOn: '2027-01-15',
  };
  const legId = idOf('bank', 'otherBank', 'leg', 4);
  const leg = opened('leg', {
    ...unsaltedOf(SLICE_LEG, { id: legId, what: 'UNPLEDGE', legIds: [CREDIT_LEG.id, legId].sort() }),
    ...{ batchId: batchIdOf([CREDIT_LEG.id, legId]), sender: OTHER_BANK, senderMsp: MSP.otherBank },
    ...{ receiver: SUPPLIER, receiverMsp: MSP.supplier, salt: HASH },
  });
  const settlement = { kind: 'SETTLEMENT' as const, id: legId, counterpartyMsp: MSP.supplier, pledge };
  const pledged = covered(rowOf(leg))(
    sceneOf(
      'slice:release',
      callerOf('otherBank', ['maker', 'checker']),
      { sliceId: SLICE.id, legId },
      { shown: [leg, changed(SLICE, { state: 'ALLOCATED', lock: settlement }), TERMS], date: AFTER_END },
    ),
  );
  const back = (...copies: string[]): object => ({
    ...put('slice', SLICE.id, unsaltedOf(SLICE, { state: 'PLEDGED', lock: { kind: 'PLEDGE', ...pledge } }), {
      ...{ in: [MSP.bank], copies, policy: 'BankMSP & (OtherBankMSP | SupplierMSP)' },
    }),
    ...gone('cover', legId, MSP.bank),
  });

  it('goes back into its pledge, by the pledgee', async () => {
    expect(await writtenBy(pledged)).toEqual(back(MSP.supplier, MSP.otherBank));
  });

  it('goes back into it by the holder as well, who needs no silent pledgee for it', async () => {
    const byHolder = as(callerOf('supplier', ['maker']));
    expect(await writtenBy(byHolder(pledged))).toEqual(back(MSP.supplier));
    expect(await codeOf(all(byHolder, on(BATCH_END))(pledged))).toBe('BATCH_OPEN');
  });

  it('goes back by nobody else', async () => {
    for (const name of ['bank', 'contractor', 'issuer'] as const)
      expect(await codeOf(as(callerOf(name, ['maker']))(pledged))).toBe('CALLER_NOT_ALLOWED');
  });
  it('goes back by the pledgee alone where both live in one organisation', async () => {
    const ownPledge = { ...pledge, counterparty: NEIGHBOUR_BANK, counterpartyMsp: MSP.supplier };
    const ownId = idOf('bank', 'supplier', 'leg', 4);
    const legIds = [CREDIT_LEG.id, ownId].sort();
    const ownLeg = opened('leg', {
      ...{ ...leg.record, id: ownId, legIds, batchId: batchIdOf(legIds) },
      ...{ sender: NEIGHBOUR_BANK, senderMsp: MSP.supplier },
    });
    const lock = { ...settlement, id: ownId, pledge: ownPledge };
    const own: Change = all(neighbourBank(MSP.supplier), covered(rowOf(ownLeg)), request({ legId: ownId }));
    const shown = [ownLeg, changed(SLICE, { state: 'ALLOCATED', lock }), TERMS];
    const by = (party: string): Change =>
      as({ mspId: MSP.supplier, operator: { duties: ['maker'], parties: [party] } });
    expect(await codeOf({ ...all(own, by(NEIGHBOUR_BANK))(pledged), shown })).toBe('taken');
    expect(await codeOf({ ...all(own, by(SUPPLIER))(pledged), shown })).toBe('CALLER_NOT_ALLOWED');
  });
});
