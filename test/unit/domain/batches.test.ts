/** Batches: who has to do with a sheet, what its rows say, and the one form in which each organisation approves it. */
import { describe, expect, it } from '@jest/globals';
import {
  assertBatchTerm,
  assertMember,
  assertPartyOf,
  assertSheet,
  cashOf,
  coverOf,
  hasExpired,
  joined,
  memberMspsOf,
  needsPayee,
  partiesOf,
  proofOf,
  refusalOf,
  registersOf,
  rowOf,
  wholeApprovalOf,
} from '../../../chaincode/src/domain/batches.js';
import type { BookRecord, SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import {
  approved,
  BATCH_ID,
  BLOCK_LEG,
  BLOCK_ROW,
  CONTRACTOR_APPROVAL,
  CREDIT_LEG,
  CREDIT_ROW,
  LEG_IDS,
  SHEET,
  SLICE_LEG,
  SLICE_ROW,
  SUPPLIER_APPROVAL,
} from '../../commands/support/batchFacts.js';
import { BANK, changed, CONTRACTOR, HASH, ISSUER, MSP, SUPPLIER } from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';

const TAKEN = { answered: undefined };

describe('who has to do with a batch', () => {
  const member = (sheet: SheetRow[], mspId: string): unknown =>
    codeOf(() => {
      assertMember(sheet, mspId);
    });
  it.each<[string, SheetRow[], readonly string[], readonly string[], readonly string[]]>([
    [
      'of three legs',
      SHEET,
      [MSP.bank, MSP.otherBank],
      [MSP.bank, MSP.contractor, MSP.otherBank, MSP.supplier],
      [MSP.contractor, MSP.supplier],
    ],
    [
      'of a slice alone',
      [SLICE_ROW],
      [MSP.bank],
      [MSP.bank, MSP.contractor, MSP.supplier],
      [MSP.contractor, MSP.supplier],
    ],
    [
      'that a bank receives',
      [{ ...SLICE_ROW, receiverMsp: MSP.otherBank }],
      [MSP.bank],
      [MSP.bank, MSP.otherBank, MSP.supplier],
      [MSP.otherBank, MSP.supplier],
    ],
    ['within one organisation', [{ ...SLICE_ROW, id: 'A~A~x', receiverMsp: 'A' }], ['A'], ['A'], ['A']],
    ['of nothing', [], [], [], []],
  ])('%s: registers, members, parties, each once and in order', (_what, sheet, registers, members, parties) => {
    expect(registersOf(sheet.map(({ id }) => id))).toEqual(registers);
    expect(memberMspsOf(sheet)).toEqual(members);
    expect(partiesOf(sheet)).toEqual(parties);
    expect(memberMspsOf([...sheet].reverse())).toEqual(members);
    for (const mspId of members) expect(member(sheet, mspId)).toEqual(TAKEN);
    expect(member(sheet, MSP.issuer)).toBe('CALLER_NOT_ALLOWED');
  });
});

describe('needsPayee', () => {
  it.each<[string, Partial<SheetRow>, boolean]>([
    ['three organisations', {}, false],
    ['the payee banks where the payer does', { payerBankMsp: MSP.otherBank }, true],
    ["the payee's bank is of the payer", { payeeBankMsp: MSP.contractor }, true],
    ["the payer is of its own bank's organisation", { payerBankMsp: MSP.contractor }, false],
    ["the payee is of its bank's organisation", { receiverMsp: MSP.otherBank }, false],
  ])('%s: %s', (_what, changes, needed) => {
    expect(needsPayee({ ...CREDIT_ROW, ...changes }, [])).toBe(needed);
  });

  it.each<[string, Partial<SheetRow>, boolean]>([
    ['keeps the slice', { payeeBankMsp: MSP.bank }, true],
    ['takes the slice', { payeeBankMsp: MSP.contractor, payerBankMsp: MSP.bank }, true],
    ['has nothing to do with the slice', {}, false],
  ])('asks the payee where its bank %s that the payee gives', (_what, changes, needed) => {
    expect(needsPayee({ ...CREDIT_ROW, ...changes }, [SLICE_ROW])).toBe(needed);
  });

  it('asks nobody about blocked money', () => {
    expect(needsPayee({ ...BLOCK_ROW, payeeBankMsp: BLOCK_ROW.payerBankMsp }, [SLICE_ROW])).toBe(false);
  });
});

describe('rowOf', () => {
  it.each([
    ['SLICE', SLICE_LEG, SLICE_ROW],
    ['CREDIT', CREDIT_LEG, CREDIT_ROW],
    ['BLOCK', BLOCK_LEG, BLOCK_ROW],
  ])('shows of a leg %s its hash and its organisations, and nothing that it moves', (_what, leg, row) => {
    expect(rowOf(leg)).toEqual(row);
    expect(coverOf(row)).toEqual({ schema: 'tenor.cover/1', ...row });
  });

  it('is another one for every other byte of the leg', () => {
    const row = rowOf(changed(SLICE_LEG, { amount: '601' }));
    expect(row).toEqual({ ...SLICE_ROW, legHash: row.legHash });
    expect(row.legHash).not.toBe(SLICE_ROW.legHash);
  });

  it('proves nothing of another leg', () => {
    const { id, batchId, legHash } = CREDIT_ROW;
    expect(proofOf(CREDIT_ROW, 'CREDITED')).toEqual({
      schema: 'tenor.proof/1',
      id,
      batchId,
      legHash,
      what: 'CREDITED',
    });
  });
});

describe('wholeApprovalOf', () => {
  it.each<[string, string, SheetRow[], BookRecord<'approval'>['legs']]>([
    ['who gives the slice', MSP.supplier, SHEET, SUPPLIER_APPROVAL.legs],
    ['who pays', MSP.contractor, SHEET, CONTRACTOR_APPROVAL.legs],
    ['a bank that only moves the money', MSP.otherBank, SHEET, []],
    ['who has nothing to do with it', MSP.issuer, SHEET, []],
    [
      'who gives and takes by one leg',
      MSP.supplier,
      [{ ...SLICE_ROW, receiverMsp: MSP.supplier }, CREDIT_ROW],
      [approved({ ...SLICE_ROW, receiverMsp: MSP.supplier }, 'both'), approved(CREDIT_ROW, 'takes')],
    ],
  ])('of %s', (_who, mspId, sheet, legs) => {
    expect(wholeApprovalOf(sheet, mspId)).toEqual({
      ...{ schema: 'tenor.approval/1', id: BATCH_ID, mspId, state: 'APPROVED', legs },
    });
  });

  it('binds the bytes of every leg', () => {
    const [, ...others] = SUPPLIER_APPROVAL.legs;
    expect(wholeApprovalOf([{ ...SLICE_ROW, legHash: HASH }, CREDIT_ROW, BLOCK_ROW], MSP.supplier).legs).toEqual([
      approved({ ...SLICE_ROW, legHash: HASH }, 'gives'),
      ...others,
    ]);
  });

  it('is no refusal, even where there is nothing to approve', () => {
    expect(refusalOf(BATCH_ID, MSP.issuer)).toEqual({ ...wholeApprovalOf(SHEET, MSP.issuer), state: 'DECLINED' });
  });
});

describe('joined', () => {
  const [slice, credit, block] = [SLICE_ROW, CREDIT_ROW, BLOCK_ROW];
  type Legs = Parameters<typeof joined>[0];
  it.each<[string, Legs, Legs, Legs]>([
    ['nothing and nothing', [], [], []],
    ['a first word', [], [approved(slice, 'gives')], [approved(slice, 'gives')]],
    ['the same word again', [approved(slice, 'gives')], [approved(slice, 'gives')], [approved(slice, 'gives')]],
    ['the other side of one leg', [approved(slice, 'gives')], [approved(slice, 'takes')], [approved(slice, 'both')]],
    ['one side where both are said', [approved(slice, 'both')], [approved(slice, 'gives')], [approved(slice, 'both')]],
    [
      'another leg, in the order of the ids',
      [approved(block, 'gives')],
      [approved(credit, 'takes'), approved(slice, 'gives')],
      [approved(slice, 'gives'), approved(credit, 'takes'), approved(block, 'gives')],
    ],
    [
      'a leg of other bytes, which takes the place of the first',
      [approved(slice, 'gives')],
      [approved({ ...slice, legHash: HASH }, 'takes')],
      [approved({ ...slice, legHash: HASH }, 'both')],
    ],
  ])('%s', (_what, before, said, legs) => {
    expect(joined(before, said)).toEqual(legs);
  });
});

describe('a sheet', () => {
  const mismatch = (sheet: SheetRow[], batchId = BATCH_ID, legIds = LEG_IDS): unknown =>
    codeOf(() => {
      assertSheet(sheet, batchId, legIds);
    });
  it.each<[string, SheetRow[], unknown]>([
    ['is whole', SHEET, TAKEN],
    ['lacks its last row', SHEET.slice(0, 2), 'SHEET_MISMATCH'],
    ['has one row more', [...SHEET, SLICE_ROW], 'SHEET_MISMATCH'],
    ['is in another order', [CREDIT_ROW, SLICE_ROW, BLOCK_ROW], 'SHEET_MISMATCH'],
    ['has a row of another batch', [SLICE_ROW, CREDIT_ROW, { ...BLOCK_ROW, batchId: HASH }], 'SHEET_MISMATCH'],
  ])('%s', (_what, sheet, outcome) => {
    expect(mismatch(sheet)).toEqual(outcome);
  });

  it('is of the batch that is asked for', () => {
    expect(mismatch(SHEET, HASH)).toBe('SHEET_MISMATCH');
    expect(mismatch(SHEET, BATCH_ID, LEG_IDS.slice(0, 2))).toBe('SHEET_MISMATCH');
  });
});

describe('the last day', () => {
  it.each<[string, boolean]>([
    ['2026-12-14', false],
    ['2026-12-15', false],
    ['2026-12-16', true],
  ])('is over on %s: %s', (date, isOver) => {
    expect(hasExpired(SHEET, date)).toBe(isOver);
    expect(hasExpired([{ expiresOn: '2027-01-01' }, BLOCK_ROW], date)).toBe(isOver);
  });

  it.each<[string, unknown]>([
    ['2026-11-22', 'OFFER_EXPIRY'],
    ['2026-11-23', TAKEN],
    ['2027-02-23', TAKEN],
    ['2027-02-24', 'OFFER_EXPIRY'],
  ])('of money may be %s', (expiresOn, outcome) => {
    const term = (): void => {
      assertBatchTerm(expiresOn, '2026-11-23');
    };
    expect(codeOf(term)).toEqual(outcome);
  });
});

describe('a leg', () => {
  it.each<[string, unknown]>([
    [SUPPLIER, TAKEN],
    [CONTRACTOR, TAKEN],
    [BANK, 'LEG_FOREIGN'],
    [ISSUER, 'LEG_FOREIGN'],
  ])('is of those who give and take by it: %s', (party, outcome) => {
    const isParty = (): void => {
      assertPartyOf(CREDIT_LEG.record, party);
    };
    expect(codeOf(isParty)).toEqual(outcome);
  });

  it('has the banks of its money, where it moves any in that way', () => {
    expect(cashOf(CREDIT_LEG.record, 'CREDIT')).toEqual(CREDIT_LEG.record.cash);
    expect(cashOf(BLOCK_LEG.record, 'CREDIT', 'BLOCK')).toEqual(BLOCK_LEG.record.cash);
    expect(codeOf(() => cashOf(BLOCK_LEG.record, 'CREDIT'), true)).toEqual(['LEG_KIND', { what: 'BLOCK' }]);
    expect(codeOf(() => cashOf(SLICE_LEG.record, 'SLICE'), true)).toEqual(['LEG_KIND', { what: 'SLICE' }]);
  });
});
