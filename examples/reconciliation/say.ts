/** Says in plain words what a desk finds. */
import {
  dailyTotals,
  FINDINGS,
  obligationsOf,
  STATEMENT_FAULTS,
  type Desk,
  type Finding,
  type InBook,
  type OnStatement,
  type Reconciliation,
} from '@tenor/client';
import type { Party } from '../scene/scene.js';
import { say } from '../scene/money.js';

const money = (currency: string, amount: bigint): string => say({ currency, amount });
const section = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => `    ${line}`), ''].join('\n');

/** What everybody owes and is owed, each from its own book. */
export function sayObligations(title: string, parties: readonly Party[], desks: ReadonlyMap<string, Desk>): string {
  const nameOf = (party: string): string => parties.find(({ lei }) => lei === party)?.name ?? party;
  const lines = [...desks].flatMap(([name, desk]) => {
    const { owedTo, owedBy, contingent } = obligationsOf(desk);
    return [
      ...owedTo.map(
        (each) =>
          `${name} is owed ${money(each.currency, each.amount)} on ${each.paymentDate}, promised by ${nameOf(each.issuer)} (${each.state})`,
      ),
      ...owedBy.map((each) => `${name} owes ${money(each.currency, each.open)} on ${each.paymentDate}`),
      ...contingent.map(
        (each) =>
          `${name} answers for ${money(each.currency, each.open)} on ${each.paymentDate} if ${nameOf(each.issuer)} does not pay`,
      ),
    ];
  });
  return section(title, lines.length === 0 ? ['nobody owes anything any more'] : lines);
}

/** What came to each step in the day. */
export function sayDay(parties: readonly Party[], today: Desk, before: Desk): string {
  const nameOf = (party: string): string => parties.find(({ lei }) => lei === party)?.name ?? party;
  const lines = dailyTotals(today, before).map(
    ({ issuer, currency, step, count, amount }) =>
      `${step.toLowerCase()}: ${String(count)} for ${money(currency, amount)}, promised by ${nameOf(issuer)}`,
  );
  return section('The day as the bank counts it', lines);
}

const inBook = ({ side, currency, amount, account }: InBook): string =>
  `the book has a ${side.toLowerCase()} of ${money(currency, amount)}${side === 'CREDIT' ? ` on ${account.id}` : ''}`;
const onStatement = ({ statementId, currency, amount, account }: OnStatement): string =>
  `statement ${statementId} shows ${money(currency, amount)} on ${account.id}`;

function sayFinding({ outcome, code, book, statement }: Finding): readonly string[] {
  const what = [
    ...(book === undefined ? [] : [inBook(book)]),
    ...(statement === undefined ? [] : [onStatement(statement)]),
  ];
  const remedy = outcome === 'MATCHED' ? [] : [`    ${FINDINGS[code]}`];
  const kind = outcome === code ? code : `${outcome} ${code}`;
  return [`${kind}: ${what.join('; ')}`, ...remedy];
}

/** What matches and what does not, each with what to do. */
export function sayReconciliation(title: string, { findings, statements, isClean }: Reconciliation): string {
  const faults = statements.flatMap(({ statementId, faults }) =>
    faults.map((fault) => `statement ${statementId}: ${STATEMENT_FAULTS[fault]}`),
  );
  const end = isClean ? 'Book and statements agree.' : 'Book and statements do not agree.';
  return section(title, [...findings.flatMap(sayFinding), ...faults, end]);
}
