/** A book against the statements of several days. */
import { describe, expect, it } from '@jest/globals';
import { dayEndText, type DayEnd } from '../../../examples/reconciliation/dayEnd.js';
import { reconcile, type Reconciliation } from '../../../client/src/desk/index.js';
import { readBankStatement } from '../../../client/src/documents/index.js';
import { changed } from '../documents/support.js';
import {
  attestedAt,
  byReference,
  codesOf,
  credit,
  dayEnd,
  debit,
  END_TO_END,
  payeeBank,
  statement,
  unattested,
  withReturn,
} from './day.js';
import { deskOf, MSP, OTHER_UETR, returned, row, type Rows } from './rows.js';

describe('Statements of several days', () => {
  const days = (second: Partial<DayEnd>): Reconciliation =>
    reconcile(deskOf('operator', payeeBank()), [
      statement([], { statementId: 'S2', day: '2027-03-16', opening: 60500n, ...second }),
      statement([credit()]),
    ]);
  it('follow on each other, in whatever order they are given', () => {
    expect(days({})).toMatchObject({ isClean: true, counts: { MATCHED: 1 } });
  });
  it('show that a credit of an earlier day was taken back, of which no statement was given', () => {
    const later = statement([debit({ reference: 'B2' })], { day: '2027-03-16' });
    const reconciliation = reconcile(deskOf('operator', payeeBank()), [later]);
    expect([codesOf(reconciliation), reconciliation.isClean]).toEqual([['CREDIT_TAKEN_BACK'], false]);
    const explained = reconcile(deskOf('operator', payeeBank(withReturn())), [later]);
    expect([codesOf(explained), explained.isClean]).toEqual([[], true]);
    // Nobody attested, so that nothing of the book is taken back.
    const open: Rows = { ...byReference, ...unattested };
    const named = statement([debit({ endToEndId: END_TO_END })], { day: '2027-03-16' });
    expect(codesOf(reconcile(deskOf('operator', payeeBank(open)), [named]))).toEqual(['UNKNOWN']);
  });
  it('miss a return only from its own day on', () => {
    const later: Rows = { return: [row('return', returned({ returnedOn: '2027-03-16' }), MSP.operator)] };
    const first = attestedAt([credit()], later);
    expect([codesOf(first), first.notCovered.map(({ amount }) => amount)]).toEqual([['MATCHED'], [60000n]]);
    const next = statement([], { statementId: 'S2', day: '2027-03-16', opening: 60500n });
    const both = reconcile(deskOf('operator', payeeBank(later)), [statement([credit()]), next]);
    expect(codesOf(both)).toEqual(['MATCHED', 'RETURN_MISSING']);
  });
  it('show that one between them is missing', () => {
    const { statements, isClean } = days({ opening: 1n });
    expect([statements.map(({ faults }) => faults), isClean]).toEqual([[[], ['STATEMENT_GAP']], false]);
  });
  it('are counted once where one is given twice', () => {
    const twice = reconcile(deskOf('operator', payeeBank()), [statement([credit()]), statement([credit()])]);
    expect([codesOf(twice), twice.statements.map(({ faults }) => faults)]).toEqual([
      ['MATCHED'],
      [[], ['STATEMENT_REPEATED']],
    ]);
  });
  it('show that one does not add up', () => {
    const altered = changed(
      dayEndText(dayEnd([credit(), credit({ uetr: OTHER_UETR, amount: 7n })])),
      /<Ntry>.*?<\/Ntry>/,
      '',
    );
    const { statements, isClean } = reconcile(deskOf('operator', payeeBank()), [readBankStatement(altered)]);
    expect([statements.map(({ faults }) => faults), isClean]).toEqual([[['BALANCE_DIFFERS']], false]);
  });
});
