/** Writes statements of accounts: camt.053.001.08. */
import { accountTold, creditDebit, entry, page } from './entries.js';
import { any, group, one, optional, some, type FormIn } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { identification } from './interbank.js';
import { writeMessage } from './message.js';
import { count, dateOfEither, instant, moneyOrZero, text } from './values.js';

const DEFINITION = { name: 'camt.053.001', version: '08', body: 'BkToCstmrStmt' };

const balance = group({
  /** Code of ISO 20022's external set, for example `OPBD` (opening) and `CLBD` (closing). */
  balance: one('Tp/CdOrPrtry/Cd', text(4)),
  amount: one('Amt', moneyOrZero),
  creditDebit: one('CdtDbtInd', creditDebit),
  date: one('Dt', dateOfEither),
});

const FORM = group({
  ...identification,
  page: optional('GrpHdr/MsgPgntn', page),
  statements: some(
    'Stmt',
    group({
      statementId: one('Id', text(35)),
      page: optional('StmtPgntn', page),
      /** Number of the statement among those of the account. */
      number: optional('ElctrncSeqNb', count(15)),
      createdAt: optional('CreDtTm', instant),
      period: optional('FrToDt', group({ from: one('FrDtTm', instant), to: one('ToDtTm', instant) })),
      ...accountTold,
      balances: some('Bal', balance),
      entries: any('Ntry', entry),
    }),
  ),
});

/** Statements, as they are given to write a message. */
export type StatementInput = FormIn<typeof FORM>;

/** Writes a camt.053. @throws MessageError */
export const writeStatement = (input: StatementInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);
