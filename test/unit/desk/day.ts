/** Statements and books by hand that tell of one payment, for the tests to change. */
import { dayEndText, type DayEnd, type DayEndEntry } from '../../../examples/reconciliation/dayEnd.js';
import { reconcile, type FindingCode, type Reconciliation } from '../../../client/src/desk/index.js';
import { readBankStatement, type BankStatement } from '../../../client/src/documents/index.js';
import {
  ACCOUNT,
  attestation,
  deskOf,
  DUE,
  MSP,
  presentment,
  PRESENTMENT,
  returned,
  row,
  UETR,
  type Rows,
} from './rows.js';

export const PAYER = { scheme: 'OTHER', id: 'NOSTRO-1' } as const;
export const END_TO_END = 'AT-PAY-1';

export const dayEnd = (entries: readonly DayEndEntry[], changes: Partial<DayEnd> = {}): DayEnd => ({
  ...{ statementId: 'S1', account: ACCOUNT, currency: 'USD', day: DUE, opening: 500n, entries, ...changes },
});
export const statement = (entries: readonly DayEndEntry[], changes: Partial<DayEnd> = {}): BankStatement =>
  readBankStatement(dayEndText(dayEnd(entries, changes)));
export const credit = (changes: Partial<DayEndEntry> = {}): DayEndEntry => ({
  ...{ creditDebit: 'CRDT', amount: 60000n, uetr: UETR, reference: 'B1', ...changes },
});
export const debit = (changes: Partial<DayEndEntry> = {}): DayEndEntry => credit({ creditDebit: 'DBIT', ...changes });
export const codesOf = ({ findings }: Reconciliation): readonly FindingCode[] => findings.map(({ code }) => code);

/** The book of the payee's bank. */
export const payeeBank = (rows: Rows = {}): Rows => ({
  presentment: [row('presentment', presentment(), MSP.supplier)],
  attestation: [row('attestation', attestation(), MSP.operator)],
  ...rows,
});
export const attestedAt = (
  entries: readonly DayEndEntry[],
  rows: Rows = {},
  changes: Partial<DayEnd> = {},
): Reconciliation => reconcile(deskOf('operator', payeeBank(rows)), [statement(entries, changes)]);
export const referred = presentment({ endToEndId: END_TO_END });
export const byReference: Rows = {
  presentment: [row('presentment', referred, MSP.supplier)],
  attestation: [row('attestation', attestation({ id: PRESENTMENT }), MSP.operator)],
};
export const unattested: Rows = { attestation: [] };
export const withReturn = (amount = '60000'): Rows => ({ return: [row('return', returned({ amount }), MSP.operator)] });
