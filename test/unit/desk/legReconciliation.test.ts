/** The money of legs against statements: every kind of finding, from rows and statements made by hand. */
import { describe, expect, it } from '@jest/globals';
import type { DayEnd, DayEndEntry } from '../../../examples/reconciliation/dayEnd.js';
import { reconcile, type FindingCode, type Reconciliation } from '../../../client/src/desk/index.js';
import type { PlayerName } from '../../deal/players.js';
import { credit as anyCredit, debit as anyDebit, END_TO_END, PAYER, statement } from './day.js';
import {
  batchRows,
  BLOCK_LEG,
  CASH_LEG,
  LAST_DAY,
  legAttestation,
  legPayment,
  legReturn,
  legsOf,
  proofOf,
  type BatchSaid,
} from './legRows.js';
import { ACCOUNT, deskOf, MSP, OTHER_UETR, row, UETR, type Rows } from './rows.js';

const credit = (changes: Partial<DayEndEntry> = {}): DayEndEntry => anyCredit({ amount: 59000n, ...changes });
const debit = (changes: Partial<DayEndEntry> = {}): DayEndEntry => anyDebit({ amount: 59000n, ...changes });
const REFERRED: BatchSaid = { cash: { endToEndId: END_TO_END } };
const named = (changes: Partial<DayEndEntry> = {}): DayEndEntry =>
  credit({ uetr: undefined as never, endToEndId: END_TO_END, ...changes });
const BLOCK: BatchSaid = { money: { what: 'BLOCK' } };
const COMMITTED: BatchSaid = { outcome: 'COMMITTED' };
const [, CASH] = legsOf();

const attested = (changes: Parameters<typeof legAttestation>[0] = {}, legId = CASH_LEG): Rows => ({
  attestation: [row('attestation', legAttestation(changes, legId), MSP.thirdBank)],
});
/** The first payment and the one in its place. */
const paidTwice: Rows = {
  attestation: [{}, { id: OTHER_UETR }].map((changes) => row('attestation', legAttestation(changes), MSP.thirdBank)),
};
const wentBack = (amount = '59000'): Rows => ({ return: [row('return', legReturn({ amount }), MSP.thirdBank)] });
const paid = (status: 'ACCC' | 'ACSP' | 'RJCT', legId = CASH_LEG): Rows => ({
  payment: [row('payment', legPayment({ status }, legId), MSP.secondBank)],
});

/** Day end of a player, on the last day of the batch unless another business date is named. */
function against(
  player: PlayerName,
  entries: readonly DayEndEntry[],
  { said = {}, more = {}, today = LAST_DAY, day = {}, since }: Options,
): Reconciliation {
  const desk = deskOf(player, batchRows(player, said, more), today);
  const account = player === 'secondBank' ? PAYER : ACCOUNT;
  const earlier = since === undefined ? [] : [statement([], { account, day: since, statementId: 'S0' })];
  return reconcile(desk, [...earlier, statement(entries, { account, day: LAST_DAY, ...day })], { paysFrom: [PAYER] });
}
interface Options {
  readonly said?: BatchSaid;
  readonly more?: Rows;
  readonly today?: string;
  readonly day?: Partial<DayEnd>;
  /** The first day of which statements tell, if that is another one. */
  readonly since?: string;
}
/** The day on which the batch was instructed. */
const since = '2026-11-23';
type Case = readonly [what: string, entries: readonly DayEndEntry[], codes: readonly FindingCode[], options?: Options];
const codesOf = ({ findings }: Reconciliation): readonly FindingCode[] => findings.map(({ code }) => code);

describe("The book of a payee's bank of a leg, against a statement with", () => {
  it.each<Case>([
    ['the credit that was attested', [credit()], ['MATCHED'], { more: attested() }],
    ['no credit of what was attested', [], ['CREDIT_MISSING'], { more: attested() }],
    ['another amount than was attested', [credit({ amount: 1n })], ['AMOUNT_DIFFERS'], { more: attested() }],
    ['a part, as it was attested', [credit({ amount: 9000n })], ['MATCHED'], { more: attested({ amount: '9000' }) }],
    ['another value date', [credit({ valueDate: '2026-12-14' })], ['VALUE_DATE_DIFFERS'], { more: attested() }],
    ['another currency', [credit()], ['CURRENCY_DIFFERS'], { more: attested(), day: { currency: 'CNY' } }],
    [
      'a credit on another account',
      [credit()],
      ['ACCOUNT_DIFFERS'],
      { more: attested(), day: { account: { scheme: 'OTHER', id: 'OTHER-1' } } },
    ],
    ['the credit twice', [credit(), credit()], ['MATCHED', 'CREDIT_REPEATED'], { more: attested() }],
    [
      'a debit of it that no return explains',
      [credit(), debit()],
      ['MATCHED', 'CREDIT_TAKEN_BACK'],
      { more: attested() },
    ],
    [
      'a debit of it that a return explains',
      [credit(), debit()],
      ['MATCHED'],
      { more: { ...attested(), ...wentBack() } },
    ],
    ['a return of what was never attested', [credit(), debit()], ['MATCHED'], { more: wentBack() }],
    ['no debit of a return', [credit()], ['MATCHED', 'RETURN_MISSING'], { more: { ...attested(), ...wentBack() } }],
    [
      'another credit for what came back',
      [credit(), debit(), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'LEG_NOT_ATTESTED'],
      { more: { ...attested(), ...wentBack() } },
    ],
    [
      'another credit for what came back of a committed batch, whose leg is paid again',
      [credit(), debit(), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'LEG_NOT_ATTESTED'],
      { said: COMMITTED, more: { ...attested(), ...wentBack() } },
    ],
    [
      'no other credit for it',
      [credit(), debit()],
      ['MATCHED'],
      { said: COMMITTED, more: { ...attested(), ...wentBack() }, today: '2026-12-16', since },
    ],
    [
      'another credit once that was attested',
      [credit(), debit(), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'MATCHED'],
      { said: COMMITTED, more: { ...paidTwice, ...wentBack() } },
    ],
    [
      'the whole once more where a part came back of a committed batch, which is claimed outside',
      [credit(), debit({ amount: 100n }), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'UNKNOWN'],
      { said: COMMITTED, more: { ...attested(), ...wentBack('100') } },
    ],
    [
      'the rest of a committed block of which a part was attested',
      [credit({ amount: 9000n }), credit({ amount: 50_000n, uetr: OTHER_UETR })],
      ['MATCHED', 'LEG_NOT_ATTESTED'],
      { said: { ...BLOCK, ...COMMITTED }, more: attested({ amount: '9000' }, BLOCK_LEG) },
    ],
    ['a credit that names the leg that nobody attested', [named()], ['LEG_NOT_ATTESTED'], { said: REFERRED }],
    ['a credit that fits a leg', [credit()], ['LEG_NOT_ATTESTED']],
    ['a credit that does not fit', [credit({ amount: 1n })], ['UNKNOWN']],
    [
      'a credit that names the leg and is another amount',
      [named({ amount: 1n })],
      ['AMOUNT_DIFFERS'],
      { said: REFERRED },
    ],
    [
      'a credit of another day than was agreed',
      [named()],
      ['VALUE_DATE_DIFFERS'],
      { said: { cash: { ...REFERRED.cash, valueDate: '2026-12-14' } } },
    ],
    [
      'a credit of a batch that is not agreed',
      [named()],
      ['LEG_CREDIT_EARLY'],
      { said: { ...REFERRED, outcome: 'NONE' } },
    ],
    [
      'a credit of a batch that was aborted',
      [named()],
      ['LEG_CREDIT_OF_ENDED'],
      { said: { ...REFERRED, outcome: 'ABORTED' } },
    ],
    [
      'a credit that the bank denied',
      [named()],
      ['LEG_CREDIT_OF_ENDED'],
      { said: REFERRED, more: { proof: [row('proof', proofOf(legsOf(REFERRED)[1], 'NOT_RECEIVED'), MSP.thirdBank)] } },
    ],
    ['a credit of a block that is not committed', [named()], ['LEG_CREDIT_EARLY'], { said: { ...BLOCK, ...REFERRED } }],
    ['a credit of a committed block', [credit()], ['LEG_NOT_ATTESTED'], { said: { ...BLOCK, ...COMMITTED } }],
    ['no credit on the last day', [], []],
    ['no credit once the last day is over', [], ['LEG_CREDIT_MISSING'], { today: '2026-12-16', since }],
    [
      'no money of a committed block',
      [],
      ['LEG_RELEASE_MISSING'],
      { said: { ...BLOCK, ...COMMITTED }, today: '2026-12-16', since },
    ],
    [
      'nothing of a committed block that was attested',
      [],
      ['CREDIT_MISSING'],
      { said: { ...BLOCK, ...COMMITTED }, more: attested({}, BLOCK_LEG) },
    ],
  ])('%s', (_what, entries, codes, options = {}) => {
    expect(codesOf(against('thirdBank', entries, options))).toEqual(codes);
  });

  it('days of which it says nothing', () => {
    const { findings, notCovered } = against('thirdBank', [], { today: '2026-12-16', day: { day: '2026-12-14' } });
    expect([findings, notCovered.map(({ legId, presentmentId }) => [legId, presentmentId])]).toEqual([
      [],
      [[CASH_LEG, undefined]],
    ]);
  });

  it('the leg and the payment, so that each finding can be looked up', () => {
    const [finding] = against('thirdBank', [credit({ amount: 1n })], { more: attested() }).findings;
    const told = { side: 'CREDIT', legId: CASH_LEG, paymentId: UETR, account: ACCOUNT, currency: 'USD' };
    expect(finding?.book).toEqual({ ...told, amount: 59000n, valueDate: LAST_DAY });
  });
});

describe("The book of a payer's bank of a leg, against a statement with", () => {
  it.each<Case>([
    ['the payment', [debit()], ['MATCHED'], { more: paid('ACCC') }],
    ['no payment', [], ['DEBIT_MISSING'], { more: paid('ACCC'), since }],
    ['a payment that is not final', [debit()], ['DEBIT_NOT_REPORTED'], { more: paid('ACSP') }],
    ['a payment that was rejected', [debit()], ['DEBIT_OF_UNPAID'], { more: paid('RJCT') }],
    ['money that came back', [debit(), credit()], ['MATCHED', 'LEG_PAYMENT_CAME_BACK'], { more: paid('ACCC') }],
    [
      'money that came back by a return',
      [debit(), credit()],
      ['MATCHED'],
      { more: { ...paid('ACCC'), ...wentBack() } },
    ],
    [
      'a part of a return',
      [debit(), credit({ amount: 1n })],
      ['MATCHED', 'LEG_PAYMENT_CAME_BACK'],
      { more: { ...paid('ACCC'), ...wentBack() } },
    ],
    [
      'a payment by reference that nobody reported',
      [debit({ uetr: undefined as never, endToEndId: END_TO_END })],
      ['DEBIT_NOT_REPORTED'],
      { said: REFERRED },
    ],
    [
      'a payment by reference before the batch is agreed',
      [debit({ uetr: undefined as never, endToEndId: END_TO_END })],
      ['LEG_PAID_EARLY'],
      { said: { ...REFERRED, outcome: 'NONE' } },
    ],
    [
      'a payment by reference of a block that is not committed',
      [debit({ uetr: undefined as never, endToEndId: END_TO_END })],
      ['LEG_PAID_EARLY'],
      { said: { ...BLOCK, ...REFERRED } },
    ],
    ['nothing of a leg that is not paid', [], []],
  ])('%s', (_what, entries, codes, options = {}) => {
    expect(codesOf(against('secondBank', entries, options))).toEqual(codes);
  });
});

describe('The book of the payee of a leg, against a statement with', () => {
  const acknowledged: Rows = { proof: [row('proof', proofOf(CASH, 'ACKNOWLEDGED'), MSP.supplier)] };
  it.each<Case>([
    ['the credit of a committed batch', [credit()], ['MATCHED_BY_AMOUNT'], { said: COMMITTED }],
    ['the credit by its reference', [named()], ['MATCHED'], { said: { ...REFERRED, ...COMMITTED } }],
    ['the credit that it acknowledged', [credit()], ['MATCHED_BY_AMOUNT'], { more: acknowledged }],
    ['no credit of a committed batch', [], ['CREDIT_MISSING'], { said: COMMITTED, since }],
    ['a credit that it has not acknowledged', [credit()], ['LEG_NOT_ACKNOWLEDGED']],
    ['money of a committed block', [credit()], ['MATCHED_BY_AMOUNT'], { said: { ...BLOCK, ...COMMITTED } }],
    ['no money of a committed block', [], ['LEG_RELEASE_MISSING'], { said: { ...BLOCK, ...COMMITTED }, since }],
    ['money that came and went back', [credit(), debit()], ['MATCHED'], { said: COMMITTED, more: wentBack() }],
    [
      'money that came again, of which its book does not tell',
      [credit(), debit(), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'LEG_PAID_AGAIN'],
      { said: COMMITTED, more: wentBack() },
    ],
    [
      'money that came again, once it has the attestation of its bank',
      [credit(), debit(), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'MATCHED'],
      { said: COMMITTED, more: { ...wentBack(), ...attested({ id: OTHER_UETR }) } },
    ],
    [
      'money of a block that came again',
      [credit(), debit(), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'LEG_PAID_AGAIN'],
      {
        said: { ...BLOCK, ...COMMITTED },
        more: { return: [row('return', legReturn({}, BLOCK_LEG), MSP.thirdBank)] },
      },
    ],
    [
      'money that came again before the commitment, for which it still waits',
      [credit(), debit(), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'LEG_NOT_ACKNOWLEDGED'],
      { more: wentBack() },
    ],
    [
      'the whole once more where a part came back',
      [credit(), debit({ amount: 100n }), credit({ uetr: OTHER_UETR })],
      ['MATCHED', 'UNKNOWN'],
      { said: COMMITTED, more: wentBack('100') },
    ],
    [
      'a part of a block that came back, and nothing more',
      [credit(), debit({ amount: 100n })],
      ['MATCHED'],
      {
        said: { ...BLOCK, ...COMMITTED },
        more: { return: [row('return', legReturn({ amount: '100' }, BLOCK_LEG), MSP.thirdBank)] },
        ...{ today: '2026-12-16', since },
      },
    ],
  ])('%s', (_what, entries, codes, options = {}) => {
    expect(codesOf(against('supplier', entries, options))).toEqual(codes);
  });

  it('what is not its own business', () => {
    expect(codesOf(against('bank', [credit()], {}))).toEqual(['UNKNOWN']);
  });
});

describe('Rows of legs that prove nothing', () => {
  it.each<readonly [what: string, more: Rows]>([
    ['an attestation of more than the leg asks for', attested({ amount: '59001' })],
    [
      'an attestation of another bank',
      { attestation: [row('attestation', legAttestation({ payeeBankMsp: 'EvilMSP' }), 'EvilMSP')] },
    ],
    [
      'an attestation of a presentment under the id of the leg',
      {
        attestation: [
          row('attestation', { ...legAttestation(), presentmentId: CASH_LEG, legId: undefined }, MSP.thirdBank),
        ],
      },
    ],
  ])('%s is set aside, and the credit is still to be attested', (_what, more) => {
    const { setAside, findings } = against('thirdBank', [credit()], { more });
    expect([setAside.length, findings.map(({ code }) => code)]).toEqual([1, ['LEG_NOT_ATTESTED']]);
  });
});
