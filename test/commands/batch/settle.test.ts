/** A batch whose legs have one audience is committed and done in one transaction: bank, seller and buyer may see all of it. */
import { expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import type { ErrorData } from '../../../chaincode/src/protocol/errors.js';
import type { BookRecord, SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import {
  AFTER_END,
  approvedByAll,
  BATCH_END,
  BLOCK_LEG,
  covered,
  CREDIT_LEG,
  OTHER_LEG_ID,
  outcomeWith,
  proofOf,
  refusalOf,
  rowOf,
  SHEET,
  SLICE_LEG,
  stands,
} from '../support/batchFacts.js';
import { ACCOUNT, BANK, changed, CONTRACTOR, idOf, MSP, opened, SLICE, TERMS, unsaltedOf } from '../support/facts.js';
import { batchIdOf } from '../support/relinked.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  instead,
  on,
  party,
  put,
  record,
  sceneOf,
  taken,
  writtenBy,
  type Change,
  type Scene,
} from '../support/scene.js';
import { BY_ANYBODY, describeCommand, operatorRows, type Row } from '../support/table.js';
import { LEG_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { settle } from './settle.case.js';

const moneyId = idOf('bank', 'contractor', 'leg', 2);
const legIds = [moneyId, SLICE_LEG.id];
const batchId = batchIdOf(legIds);
/** The supplier gives its slice, and the contractor pays for it, through the bank that keeps the slice. */
const delivery = opened('leg', { ...SLICE_LEG.record, batchId, legIds });
const money = opened('leg', {
  ...{ ...CREDIT_LEG.record, id: moneyId, batchId, legIds },
  cash: { payerBank: BANK, payerBankMsp: MSP.bank, payeeBank: BANK, payeeBankMsp: MSP.bank, account: ACCOUNT },
});
const lock = { kind: 'SETTLEMENT' as const, id: SLICE_LEG.id, counterpartyMsp: MSP.contractor as string };
const allocated = changed(SLICE, { state: 'ALLOCATED', lock });

const rowsIn = ({ shown }: Scene): SheetRow[] =>
  shown.filter(({ kind }) => kind === 'leg').map((leg) => rowOf(opened('leg', leg.record as BookRecord<'leg'>)));
/** Everybody has said of the legs what there is to say, whatever they are. */
const said: Change = (scene) => {
  const rows = rowsIn(scene);
  const [acknowledged, proven] = [
    Object.values(MSP).flatMap((mspId) => rows.map((row) => stands(mspId, 'proof', proofOf(row, 'ACKNOWLEDGED')))),
    rows.map((row) =>
      stands(row.id.split('~')[0] ?? '', 'proof', proofOf(row, row.what === 'BLOCK' ? 'BLOCKED' : 'CREDITED')),
    ),
  ];
  return all(covered(...rows), approvedByAll(rows), ...acknowledged, ...proven)(scene);
};
const sceneWith = (...shown: readonly Opened<'leg' | 'slice' | 'terms'>[]): Scene =>
  said(
    sceneOf(
      'batch:settle',
      callerOf('supplier', ['maker']),
      { legIds: shown.filter(({ kind }) => kind === 'leg').map(({ id }) => id) },
      { shown },
    ),
  );
const scene = sceneWith(money, delivery, allocated, TERMS);
/** All registers of the batch say that it is agreed, committed or aborted. */
const decided =
  (state: BookRecord<'outcome'>['state']): Change =>
  (of) => ({ ...of, shown: [...of.shown, outcomeWith(state, rowsIn(of))] });
const otherLock = (changes: object): Change => record('slice', { lock: { ...lock, ...changes } });
const saidAfter = (rows: readonly Row[]): readonly Row[] =>
  rows.map(([code, what, breaks, ...data]): Row => [code, what, all(breaks, said), ...data]);
/** The slice for money of which one part is kept by another bank, which is no party of the slice. */
const mixed = sceneWith(
  ...[SLICE_LEG, CREDIT_LEG, BLOCK_LEG, changed(allocated, { lock: { ...lock, proverMsp: MSP.otherBank } }), TERMS],
);
const three = [...legIds, OTHER_LEG_ID];
const silent = (mspId: string): ErrorData => ({ kind: 'approval', id: batchId, mspId });

describeCommand({
  of: { ...settle, ...BY_ANYBODY },
  scene,
  books: [
    [
      'SHEET_MISMATCH',
      'the batch has more legs than these',
      record('leg', { legIds: [...three].sort(), batchId: batchIdOf(three) }),
    ],
    [
      'OUTCOME_EXISTS',
      'the register has an outcome that is not shown',
      taken(MSP.bank, 'outcome', batchId),
      { kind: 'outcome', id: batchId },
    ],
    ...legIds.map((id): Row => ['NOT_ALLOCATED', `the leg ${id} was released`, absent(MSP.bank, 'cover', id)]),
    ['NOT_APPROVED', 'the buyer is silent', absent(MSP.contractor, 'approval', batchId), silent(MSP.contractor)],
    ['NOT_APPROVED', 'the seller is silent', absent(MSP.supplier, 'approval', batchId), silent(MSP.supplier)],
    [
      'NOT_APPROVED',
      'the seller has declined what its bank says is agreed',
      all(decided('AGREED'), stands(MSP.supplier, 'approval', { ...refusalOf(MSP.supplier), id: batchId })),
      silent(MSP.supplier),
    ],
    [
      'NOT_PROVEN',
      'the credit is not attested',
      absent(MSP.bank, 'proof', moneyId),
      { kind: 'proof', id: moneyId, mspId: MSP.bank },
    ],
    [
      'NOT_PROVEN',
      'the seller does not say that it has its money, and its bank is the bank of the buyer too',
      absent(MSP.supplier, 'proof', moneyId),
      { kind: 'proof', id: moneyId, mspId: MSP.supplier },
    ],
  ],
  unvouched: saidAfter([...SLICE_ROWS, ...LEG_ROWS]),
  callers: operatorRows('supplier'),
  loose: [
    ['AUDIENCE_MIXED', 'another bank keeps a leg, and may not see the slice', () => mixed],
    ['STATE', 'the slice is free', instead(SLICE), { state: 'FREE', sliceId: SLICE.id }],
    ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
  ],
  rules: saidAfter([
    ['CALLER_NOT_ALLOWED', 'the caller has nothing to do with the batch', as(callerOf('issuer', ['checker']))],
    ['STATE', 'the batch was committed', decided('COMMITTED'), { state: 'COMMITTED' }],
    ['STATE', 'the batch was aborted', decided('ABORTED'), { state: 'ABORTED' }],
    ['BATCH_EXPIRED', 'the last day is over', on(AFTER_END)],
    ['LEG_FOREIGN', 'the slice is allocated to another batch', otherLock({ id: idOf('bank', 'supplier', 'leg', 8) })],
    ['LEG_FOREIGN', 'the slice is locked for another organisation', otherLock({ counterpartyMsp: MSP.otherBank })],
    ['LEG_FOREIGN', 'the slice is smaller than the leg says', record('slice', { amount: '599' })],
  ]),
  writes: {
    ...put('outcome', batchId, unsaltedOf(outcomeWith('COMMITTED', rowsIn(scene))), {
      ...{ in: [MSP.bank], policy: MSP.bank },
    }),
    ...put('slice', SLICE.id, unsaltedOf(SLICE, { holder: CONTRACTOR, holderMsp: MSP.contractor, tier: 1 }), {
      in: [MSP.bank],
      copies: [MSP.contractor, MSP.supplier],
      policy: 'BankMSP & ContractorMSP',
    }),
  },
});

it.each(['bank', 'contractor'] as const)('is settled by the %s as well, and on the last day', async (name) => {
  expect(await codeOf(all(as(callerOf(name, ['checker'])), on(BATCH_END))(scene))).toBe('taken');
});

it('is settled however late once it was agreed and its money came', async () => {
  expect(await codeOf(all(decided('AGREED'), on(AFTER_END))(scene))).toBe('taken');
});

it('is settled whoever was suspended since', async () => {
  const names = ['bank', 'issuer', 'supplier', 'contractor'] as const;
  expect(await codeOf(all(...names.map((name) => party(name, { status: 'SUSPENDED' })))(scene))).toBe('taken');
});

it('that moves no slice settles its money alone', async () => {
  const back = opened('leg', {
    ...{ ...money.record, id: idOf('bank', 'supplier', 'leg', 3) },
    ...{ sender: SLICE_LEG.record.sender, senderMsp: MSP.supplier, receiver: CONTRACTOR, receiverMsp: MSP.contractor },
  });
  const ids = [money.id, back.id];
  const both = [money, back].map((leg) => opened('leg', { ...leg.record, legIds: ids, batchId: batchIdOf(ids) }));
  const written = await writtenBy(sceneWith(...both));
  expect(Object.keys(written)).toEqual([`${MSP.bank} own/outcome/${batchIdOf(ids)}`]);
});

it('of several audiences is refused once it could be committed, before its slices are looked at', async () => {
  expect(rowsIn(mixed)).toEqual(SHEET);
  expect(await codeOf(on(AFTER_END)(mixed))).toBe('BATCH_EXPIRED');
  expect(await codeOf(all(decided('ABORTED'), said)(mixed))).toBe('STATE');
  expect(await codeOf(otherLock({ counterpartyMsp: MSP.otherBank })(mixed))).toBe('AUDIENCE_MIXED');
});
