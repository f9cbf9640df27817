/** The statements of the day of payment: of each payee's account, and of the account from which the bank pays. */
import { minorOf, type Account } from '@tenor/client';
import type { Deal, DealPayment } from '../ansteel-rio-tinto/readDeal.js';
import type { DayEnd, DayEndEntry } from './dayEnd.js';

/** The account from which the bank pays. */
export const PAYS_FROM: Account = { scheme: 'OTHER', id: 'DEMO-ICBC-SETTLEMENT-USD' };

function accountOf(deal: Deal, { payee, account }: DealPayment): Account {
  const owned = deal.parties.find(({ key }) => key === payee)?.accounts.find(({ id }) => id === account);
  if (owned === undefined) throw new Error(`${payee} has no account ${account}`);
  return owned;
}

const entryOf = (payment: DealPayment, creditDebit: DayEndEntry['creditDebit']): DayEndEntry => {
  const { key, uetr, endToEndId, amount } = payment;
  const minor = BigInt(minorOf(amount.amount, amount.currency));
  return {
    creditDebit,
    amount: minor,
    endToEndId,
    reference: `${creditDebit} ${key}`,
    ...(uetr === undefined ? {} : { uetr }),
  };
};

/** Statements that show every payment of a deal, on the account that is credited and on the one that is debited. */
export function dayEndsOf(deal: Deal): readonly DayEnd[] {
  const { payments, maturityDate: day } = deal;
  const currency = payments[0]?.amount.currency ?? 'USD';
  const payees = payments.map((payment, index): DayEnd => ({
    ...{ statementId: `PAYEE-${String(index + 1)}`, account: accountOf(deal, payment), currency, day, opening: 0n },
    entries: [entryOf(payment, 'CRDT')],
  }));
  const entries = payments.map((payment) => entryOf(payment, 'DBIT'));
  return [...payees, { statementId: 'PAYER', account: PAYS_FROM, currency, day, opening: 10_000_000_000n, entries }];
}

/** The same with three things wrong: a credit is a cent short, a credit stands there twice, and a debit is missing. */
export function altered(dayEnds: readonly DayEnd[]): readonly DayEnd[] {
  const [first, second, payer] = dayEnds;
  if (first === undefined || second === undefined || payer === undefined) throw new Error('three accounts are needed');
  const short = first.entries.map((entry) => ({ ...entry, amount: entry.amount - 1n }));
  const twice = second.entries.flatMap((entry) => [entry, { ...entry, reference: `${entry.reference} again` }]);
  return [
    { ...first, entries: short },
    { ...second, entries: twice },
    { ...payer, entries: payer.entries.slice(1) },
  ];
}
