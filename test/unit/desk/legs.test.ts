/** What parties owe and are owed by legs of batches, from rows made by hand: also from rows that somebody else put into the book. */
import { describe, expect, it } from '@jest/globals';
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import { batchIdOf } from '../../../client/src/batches.js';
import { LEG_WAITS, obligationsOf, type LegMoney, type MoneyDue } from '../../../client/src/desk/index.js';
import { LEI, type PlayerName } from '../../deal/players.js';
import {
  approval,
  BLOCK_LEG,
  batchRows,
  CASH_LEG,
  LAST_DAY,
  legAttestation,
  legPayment,
  legReturn,
  legsOf,
  locked,
  outcomeOf,
  proofOf,
  type BatchSaid,
} from './legRows.js';
import { confirmation, deskOf, face, idOf, MSP, OTHER_UETR, row, slice, status, terms, type Rows } from './rows.js';

const TODAY = '2026-12-01';
const moneyOf = (player: PlayerName, rows: Rows, asOf = TODAY): LegMoney =>
  obligationsOf(deskOf(player, rows, asOf)).money;
const told = (due: readonly MoneyDue[]): unknown => due.map(({ waitsFor, amount }) => [waitsFor, amount]);
const both = (player: PlayerName, said: BatchSaid, more: Rows = {}, asOf = TODAY): unknown => {
  const { owedTo, owedBy } = moneyOf(player, batchRows(player, said, more), asOf);
  return [told(owedTo), told(owedBy)];
};
const nothing = [[], []];
const BLOCK: BatchSaid = { money: { what: 'BLOCK' } };
const [, CASH] = legsOf();
const [, BLOCKED] = legsOf(BLOCK);
const attested: Rows = { attestation: [row('attestation', legAttestation(), MSP.thirdBank)] };
const wentBack = (amount = '59000'): Rows => ({ return: [row('return', legReturn({ amount }), MSP.thirdBank)] });

describe('Money of a leg', () => {
  it('is owed by the payer to the payee once its batch is agreed, by its day', () => {
    const { owedTo } = moneyOf('supplier', batchRows('supplier'));
    const due = { date: LAST_DAY, currency: 'USD', isDue: false, count: 1, amount: 59000n, legIds: [CASH_LEG] };
    expect(owedTo).toEqual([{ ...due, party: LEI.supplier, counterparty: LEI.contractor, waitsFor: 'CREDIT' }]);
    const { owedBy } = moneyOf('contractor', batchRows('contractor'), LAST_DAY);
    expect(owedBy).toEqual([
      { ...due, isDue: true, party: LEI.contractor, counterparty: LEI.supplier, waitsFor: 'CREDIT' },
    ]);
    const valued = batchRows('supplier', { cash: { valueDate: '2026-12-10' } });
    expect(moneyOf('supplier', valued).owedTo.map(({ date }) => date)).toEqual(['2026-12-10']);
    for (const bank of ['secondBank', 'thirdBank', 'bank'] as const) expect(both(bank, {})).toEqual(nothing);
  });

  it('is told apart while its batch is merely instructed, and is gone when that has expired or was declined', () => {
    const rows = batchRows('supplier', { outcome: 'NONE' });
    const { owedTo, owedBy, instructed } = moneyOf('supplier', rows);
    expect([owedTo, owedBy, instructed.map(({ side, waitsFor }) => [side, waitsFor])]).toEqual([
      [],
      [],
      [['TO', 'AGREEMENT']],
    ]);
    expect(moneyOf('supplier', rows, '2026-12-16').instructed).toEqual([]);
    const declined: BookRecord<'approval'> = { ...approval(MSP.supplier, CASH), state: 'DECLINED', legs: [] };
    const refused: Rows = { ...rows, approval: [row('approval', declined, MSP.supplier)] };
    expect(moneyOf('supplier', refused).instructed).toEqual([]);
  });

  it.each<readonly [what: string, player: PlayerName, said: BatchSaid, more: Rows, sides: unknown]>([
    [
      'that the payee acknowledged',
      'supplier',
      {},
      { proof: [row('proof', proofOf(CASH, 'ACKNOWLEDGED'), MSP.supplier)] },
      nothing,
    ],
    ['of a committed batch', 'supplier', { outcome: 'COMMITTED' }, {}, nothing],
    ['of a committed batch, for the payer', 'contractor', { outcome: 'COMMITTED' }, {}, nothing],
    ['of a batch that was aborted', 'supplier', { outcome: 'ABORTED' }, {}, nothing],
    ['that went back before the commitment', 'supplier', {}, wentBack(), [[['CREDIT', 59000n]], []]],
    ['that went back after it', 'supplier', { outcome: 'COMMITTED' }, wentBack('100'), [[['REPAYMENT', 100n]], []]],
    [
      'that went back after it and came again, once the payee has the attestation of its bank',
      'supplier',
      { outcome: 'COMMITTED' },
      { ...wentBack(), attestation: [row('attestation', legAttestation({ id: OTHER_UETR }), MSP.thirdBank)] },
      nothing,
    ],
    [
      'that went back a second time',
      'supplier',
      { outcome: 'COMMITTED' },
      {
        attestation: [row('attestation', legAttestation({ id: OTHER_UETR }), MSP.thirdBank)],
        return: [{}, { id: OTHER_UETR }].map((changes) => row('return', legReturn(changes), MSP.thirdBank)),
      },
      [[['REPAYMENT', 59000n]], []],
    ],
    [
      'of a committed block, once the payee has the attestation of its bank',
      'supplier',
      { ...BLOCK, outcome: 'COMMITTED' },
      { attestation: [row('attestation', legAttestation({}, BLOCK_LEG), MSP.thirdBank)] },
      nothing,
    ],
    ['of a block', 'supplier', BLOCK, {}, [[['COMMITMENT', 59000n]], []]],
    ['of a block, for its payer', 'contractor', BLOCK, {}, [[], [['COMMITMENT', 59000n]]]],
    ['of a committed block', 'supplier', { ...BLOCK, outcome: 'COMMITTED' }, {}, [[['CREDIT', 59000n]], []]],
    [
      'of a committed block, for its payer, whose bank has the order',
      'contractor',
      { ...BLOCK, outcome: 'COMMITTED' },
      {},
      nothing,
    ],
    [
      'of a committed block, for the bank that has the order',
      'secondBank',
      { ...BLOCK, outcome: 'COMMITTED' },
      {},
      [[], [['PAYMENT', 59000n]]],
    ],
    [
      'of a committed block that the bank has sent',
      'secondBank',
      { ...BLOCK, outcome: 'COMMITTED' },
      { payment: [row('payment', legPayment({ status: 'ACSP' }, BLOCK_LEG), MSP.secondBank)] },
      [[], [['CREDIT', 59000n]]],
    ],
    [
      'of a committed block whose payment was rejected',
      'secondBank',
      { ...BLOCK, outcome: 'COMMITTED' },
      { payment: [row('payment', legPayment({ status: 'RJCT' }, BLOCK_LEG), MSP.secondBank)] },
      [[], [['PAYMENT_AGAIN', 59000n]]],
    ],
    [
      'of a committed block of which a part came',
      'secondBank',
      { ...BLOCK, outcome: 'COMMITTED' },
      {
        payment: [row('payment', legPayment({ status: 'ACCC', amount: '9000' }, BLOCK_LEG), MSP.secondBank)],
        attestation: [row('attestation', legAttestation({ amount: '9000' }, BLOCK_LEG), MSP.thirdBank)],
      },
      [[], [['PAYMENT', 50000n]]],
    ],
    [
      'of a committed block that was attested',
      'secondBank',
      { ...BLOCK, outcome: 'COMMITTED' },
      { attestation: [row('attestation', legAttestation({}, BLOCK_LEG), MSP.thirdBank)] },
      nothing,
    ],
  ])('%s', (_what, player, said, more, sides) => {
    expect(both(player, said, more)).toEqual(sides);
  });

  it('of an agreed block is owed by nobody after its last day, because it is free again', () => {
    expect(both('supplier', BLOCK, {}, '2026-12-16')).toEqual(nothing);
    expect(both('supplier', {}, {}, '2026-12-16')).toEqual([[['CREDIT', 59000n]], []]);
  });

  it('that was denied by who has to know, or whose slice was released, is owed by nobody', () => {
    const denied: Rows = { proof: [row('proof', proofOf(CASH, 'NOT_RECEIVED'), MSP.supplier)] };
    expect(both('supplier', {}, denied)).toEqual(nothing);
    const released: Rows = { terms: [row('terms', terms(), MSP.bank)], slice: [row('slice', slice('kept'), MSP.bank)] };
    expect(both('supplier', {}, released)).toEqual(nothing);
  });

  it('is kept apart where the own copy of the outcome is stale', () => {
    const stale = {
      ...row('outcome', outcomeOf('AGREED', ...legsOf()), MSP.bank),
      current: false,
      reason: 'SUPERSEDED',
    };
    const { owedTo, instructed } = moneyOf('supplier', batchRows('supplier', {}, { outcome: [stale as never] }));
    expect([owedTo, told(instructed)]).toEqual([[], [['OUTCOME', 59000n]]]);
  });

  it('is added up by day, parties and what it waits for', () => {
    const rows = batchRows('secondBank', { ...BLOCK, outcome: 'NONE' });
    expect(moneyOf('secondBank', rows).instructed).toEqual([]);
    const [one, other] = [batchRows('supplier'), batchRows('supplier', BLOCK)];
    const summed: Rows = {
      leg: [...(one.leg ?? []), ...(other.leg ?? []).filter(({ id }) => id === BLOCK_LEG)],
      approval: [...(one.approval ?? []), ...(other.approval ?? [])],
      outcome: one.outcome ?? [],
    };
    const { owedTo, instructed } = moneyOf('supplier', summed);
    expect([owedTo.map(({ count }) => count), instructed.map(({ count, legIds }) => [count, legIds])]).toEqual([
      [1],
      [[1, [BLOCK_LEG]]],
    ]);
  });

  it('that a bank has blocked is told until it is sent or free', () => {
    const proof: Rows = { proof: [row('proof', proofOf(BLOCKED, 'BLOCKED'), MSP.secondBank)] };
    const blocked = (outcome: BatchSaid['outcome'], asOf = TODAY): unknown =>
      told(
        moneyOf('secondBank', batchRows('secondBank', { ...BLOCK, outcome: outcome ?? 'NONE' }, proof), asOf).blocked,
      );
    expect([blocked('NONE'), blocked('AGREED'), blocked('COMMITTED')]).toEqual([
      [['AGREEMENT', 59000n]],
      [['COMMITMENT', 59000n]],
      [],
    ]);
    expect([blocked('ABORTED'), blocked('AGREED', '2026-12-16')]).toEqual([
      [['UNBLOCK', 59000n]],
      [['UNBLOCK', 59000n]],
    ]);
  });
});

describe('A slice in a batch', () => {
  const surrender: BatchSaid = {
    asset: { what: 'SURRENDER', receiver: LEI.issuer, receiverMsp: MSP.issuer },
    money: { sender: LEI.issuer, senderMsp: MSP.issuer, id: idOf('thirdBank', 'issuer', 'cashLeg') },
  };
  const legs = ((): ReturnType<typeof legsOf> => {
    const [asset, money] = legsOf(surrender);
    // The payer draws the leg of money.
    const legIds = [asset.id, money.id].sort();
    return legsOfBatch(legIds, asset, money);
  })();
  const book = (player: PlayerName, outcome: BatchSaid['outcome'], held = locked): Rows => ({
    leg: legs.map((leg) => row('leg', leg, leg.id.split('~')[0] ?? '')),
    approval: [row('approval', approval(MSP[player], ...legs), MSP[player])],
    outcome: outcome === 'NONE' || outcome === undefined ? [] : [row('outcome', outcomeOf(outcome, ...legs), MSP.bank)],
    terms: [row('terms', terms(), MSP.bank)],
    slice: [row('slice', held, MSP.bank)],
    face: [row('face', face(), MSP.bank)],
    confirmation: [row('confirmation', confirmation(), MSP.bank)],
    status: [row('status', status(), MSP.bank)],
  });
  const slices = (outcome: BatchSaid['outcome']): unknown => {
    const { owedTo, money } = obligationsOf(deskOf('supplier', book('supplier', outcome), TODAY));
    return [owedTo.map(({ state, amount }) => [state, amount]), told(money.owedTo)];
  };

  it('that is surrendered counts once: as a slice until its batch is agreed, and as the money of the batch from then on', () => {
    expect(slices('NONE')).toEqual([[['ALLOCATED', 60000n]], []]);
    expect(slices('AGREED')).toEqual([[], [['CREDIT', 59000n]]]);
    expect(slices('COMMITTED')).toEqual([[], []]);
    expect(slices('ABORTED')).toEqual([[['ALLOCATED', 60000n]], []]);
  });

  it('counts once for its issuer too, whether it is closed or not', () => {
    const owed = (outcome: BatchSaid['outcome'], more: Rows = {}): unknown => {
      const { owedBy, money } = obligationsOf(deskOf('issuer', { ...book('issuer', outcome), ...more }, TODAY));
      return [owedBy.map(({ settling, paid, open }) => [settling, paid, open]), told(money.owedBy)];
    };
    expect(owed('NONE')).toEqual([[[0n, 0n, 100000n]], []]);
    expect(owed('AGREED')).toEqual([[[60000n, 0n, 40000n]], [['CREDIT', 59000n]]]);
    const closed: Rows = { slice: [row('slice', { ...locked, state: 'PAID' }, MSP.bank)] };
    expect(owed('COMMITTED', closed)).toEqual([[[60000n, 0n, 40000n]], []]);
    const salt = 'ab'.repeat(32);
    const counted: Rows = {
      totals: [
        row('totals', { schema: 'tenor.totals/1', id: terms().id, currency: 'USD', paid: '60000', salt }, MSP.issuer),
      ],
      redeemed: [
        row(
          'redeemed',
          {
            schema: 'tenor.redeemed/1',
            id: locked.id,
            certificateId: terms().id,
            currency: 'USD',
            amount: '60000',
            salt,
          },
          MSP.issuer,
        ),
      ],
    };
    expect(owed('COMMITTED', { ...closed, ...counted })).toEqual([[[0n, 60000n, 40000n]], []]);
  });

  it('binds the bank that guarantees it until its batch is committed', () => {
    const open = (outcome: BatchSaid['outcome']): unknown =>
      obligationsOf(deskOf('bank', { ...book('bank', outcome), approval: [] }, TODAY)).contingent.map(
        (each) => each.open,
      );
    expect([open('AGREED'), open('COMMITTED')]).toEqual([[100000n], [40000n]]);
  });

  it("is its receiver's from the commitment on, though the register still names the holder", () => {
    const held = (player: PlayerName, outcome: BatchSaid['outcome']): unknown => {
      const rows: Rows = {
        terms: [row('terms', terms(), MSP.bank)],
        slice: [row('slice', locked, MSP.bank)],
        ...(outcome === undefined ? {} : batchRows(player, { outcome })),
      };
      return obligationsOf(deskOf(player, rows, TODAY)).owedTo.map(({ holder, amount }) => [holder, amount]);
    };
    expect([held('supplier', 'AGREED'), held('contractor', 'AGREED')]).toEqual([[[LEI.supplier, 60000n]], []]);
    expect([held('supplier', 'COMMITTED'), held('contractor', 'COMMITTED')]).toEqual([[], [[LEI.contractor, 60000n]]]);
  });
});

describe('A row of a batch that somebody put into the book', () => {
  const evil = 'EvilMSP';
  const [asset, money] = legsOf();
  const good = batchRows('supplier');
  const other = { ...money, amount: '1' };
  it.each<readonly [what: string, rows: Rows, reasons: readonly string[]]>([
    [
      'a leg in a foreign book',
      { leg: [row('leg', asset, MSP.bank), row('leg', money, evil)] },
      ['leg FOREIGN_REGISTER', 'approval LEG_DIFFERS', 'outcome NOT_APPROVED'],
    ],
    [
      'a leg of another batch',
      { leg: [row('leg', asset, MSP.bank), row('leg', { ...money, batchId: 'ef'.repeat(32) }, MSP.thirdBank)] },
      ['leg FOREIGN_REGISTER', 'approval LEG_DIFFERS', 'outcome NOT_APPROVED'],
    ],
    [
      'a leg that its sender did not draw',
      {
        leg: [
          row('leg', asset, MSP.bank),
          row('leg', { ...money, sender: LEI.issuer, senderMsp: MSP.issuer }, MSP.thirdBank),
        ],
      },
      ['leg FOREIGN_REGISTER', 'approval LEG_DIFFERS', 'outcome NOT_APPROVED'],
    ],
    [
      'a leg of a party that lives elsewhere',
      { leg: [row('leg', asset, MSP.bank), row('leg', { ...money, sender: LEI.issuer }, MSP.thirdBank)] },
      ['leg PARTY_ELSEWHERE', 'approval LEG_DIFFERS', 'outcome NOT_APPROVED'],
    ],
    [
      'an outcome in the book of who registers nothing',
      { outcome: [row('outcome', outcomeOf('AGREED', asset, money), evil)] },
      ['outcome FOREIGN_REGISTER'],
    ],
    [
      'an outcome under the id of another batch',
      { outcome: [row('outcome', { ...outcomeOf('AGREED', asset, money), id: 'ef'.repeat(32) }, MSP.bank)] },
      ['outcome FOREIGN_REGISTER'],
    ],
    [
      'an outcome of another leg',
      { outcome: [row('outcome', outcomeOf('AGREED', asset, other), MSP.bank)] },
      ['outcome LEG_DIFFERS'],
    ],
    ['an outcome that nobody of the own side approved', { approval: [] }, ['outcome NOT_APPROVED']],
    [
      'an approval of other legs',
      { approval: [row('approval', approval(MSP.supplier, asset, other), MSP.supplier)] },
      ['approval LEG_DIFFERS', 'outcome NOT_APPROVED'],
    ],
    [
      'an approval of somebody else',
      { approval: [row('approval', approval(MSP.contractor, asset, money), MSP.contractor)] },
      ['approval FOREIGN_REGISTER', 'outcome NOT_APPROVED'],
    ],
  ])('makes nothing owed: %s', (_what, rows, reasons) => {
    const { money: found, setAside } = obligationsOf(deskOf('supplier', { ...good, ...rows }, TODAY));
    expect([found.owedTo, setAside.map(({ kind, reason }) => `${kind} ${reason}`)]).toEqual([[], reasons]);
  });

  it.each<readonly [what: string, rows: Rows, reason: string]>([
    [
      'an acknowledgement of another leg',
      { proof: [row('proof', proofOf(other, 'ACKNOWLEDGED'), MSP.supplier)] },
      'LEG_DIFFERS',
    ],
    [
      "a word that is another one's",
      { proof: [row('proof', proofOf(money, 'CREDITED'), MSP.supplier)] },
      'LEG_DIFFERS',
    ],
    ['a word in a foreign book', { proof: [row('proof', proofOf(money, 'ACKNOWLEDGED'), evil)] }, 'FOREIGN_REGISTER'],
    [
      'an attestation of more than the leg asks for',
      { attestation: [row('attestation', legAttestation({ amount: '59001' }), MSP.thirdBank)] },
      'LEG_DIFFERS',
    ],
    [
      'an attestation of another bank',
      { attestation: [row('attestation', legAttestation({ payeeBankMsp: evil }), evil)] },
      'LEG_DIFFERS',
    ],
    [
      'a return of more than was paid',
      { return: [row('return', legReturn({ amount: '59001' }), MSP.thirdBank)] },
      'LEG_DIFFERS',
    ],
    [
      'an attestation of a leg that the book does not have',
      { attestation: [row('attestation', legAttestation({}, BLOCK_LEG), MSP.thirdBank)] },
      'LEG_DIFFERS',
    ],
  ])('takes nothing away that is owed: %s', (_what, rows, reason) => {
    const { money: found, setAside } = obligationsOf(deskOf('supplier', { ...good, ...rows }, TODAY));
    expect([told(found.owedTo), setAside.map((each) => each.reason)]).toEqual([[['CREDIT', 59000n]], [reason]]);
  });

  it('that is good takes it away', () => {
    expect(both('supplier', {}, attested)).toEqual(nothing);
  });
});

describe('What money waits for', () => {
  it('is said in a sentence that names the call', () => {
    for (const sentence of Object.values(LEG_WAITS)) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });
});

/** The same legs in the batch that their ids name. */
function legsOfBatch(
  legIds: string[],
  ...legs: readonly [ReturnType<typeof legsOf>[0], ReturnType<typeof legsOf>[1]]
): ReturnType<typeof legsOf> {
  const [asset, money] = legs.map((leg) => ({ ...leg, legIds, batchId: batchIdOf(legIds) }));
  if (asset === undefined || money === undefined) throw new Error('two legs');
  return [asset, money];
}
