/** Writes the statement of an account at the end of a day, camt.053.001.08, as a bank would. Examples and tests have no bank that does. */
import { decimalOf, type Account } from '@tenor/client';

/** One booking. */
export interface DayEndEntry {
  readonly creditDebit: 'CRDT' | 'DBIT';
  /** Minor units. */
  readonly amount: bigint;
  readonly currency?: string;
  readonly uetr?: string;
  readonly endToEndId?: string;
  /** The bank's reference of the entry. */
  readonly reference: string;
  /** Default: the day of the statement. */
  readonly valueDate?: string;
  readonly reversal?: true;
  /** Default: `BOOK`. */
  readonly status?: 'BOOK' | 'PDNG';
}

/** One account at the end of one day. */
export interface DayEnd {
  readonly statementId: string;
  readonly account: Account;
  readonly currency: string;
  readonly day: string;
  /** Minor units, below zero when the account is overdrawn. */
  readonly opening: bigint;
  readonly entries: readonly DayEndEntry[];
}

const element = (name: string, inside: string): string => `<${name}>${inside}</${name}>`;
const optional = (name: string, text: string | undefined): string => (text === undefined ? '' : element(name, text));
const amountText = (minor: bigint, currency: string): string =>
  `<Amt Ccy="${currency}">${decimalOf(minor < 0n ? -minor : minor, currency)}</Amt>`;
const dated = (name: string, day: string): string => element(name, element('Dt', day));

function accountText({ scheme, id }: Account): string {
  const inside = scheme === 'IBAN' ? element('IBAN', id) : element('Othr', element('Id', id));
  return element('Acct', element('Id', inside));
}

const balanceText = (code: string, minor: bigint, { currency, day }: DayEnd): string =>
  element(
    'Bal',
    element('Tp', element('CdOrPrtry', element('Cd', code))) +
      amountText(minor, currency) +
      element('CdtDbtInd', minor < 0n ? 'DBIT' : 'CRDT') +
      dated('Dt', day),
  );

function entryText(entry: DayEndEntry, { currency, day }: DayEnd): string {
  const { creditDebit, amount, uetr, endToEndId, reference, valueDate = day, reversal, status = 'BOOK' } = entry;
  const money = amountText(amount, entry.currency ?? currency) + element('CdtDbtInd', creditDebit);
  const names = optional('EndToEndId', endToEndId) + optional('UETR', uetr);
  return element(
    'Ntry',
    money +
      optional('RvslInd', reversal && 'true') +
      element('Sts', element('Cd', status)) +
      dated('BookgDt', day) +
      dated('ValDt', valueDate) +
      element('AcctSvcrRef', reference) +
      element('BkTxCd', element('Prtry', element('Cd', 'PMNT'))) +
      element('NtryDtls', element('TxDtls', element('Refs', names) + money)),
  );
}

/** What a booking adds to the account, once it is booked. */
const added = ({ creditDebit, amount, status = 'BOOK' }: DayEndEntry): bigint => {
  if (status !== 'BOOK') return 0n;
  return creditDebit === 'CRDT' ? amount : -amount;
};

/** The balance of an account at the end of its day. */
export const closingOf = ({ opening, entries }: DayEnd): bigint =>
  entries.reduce((balance, entry) => balance + added(entry), opening);

/** The statement as XML. */
export function dayEndText(dayEnd: DayEnd): string {
  const { statementId, account, day, opening, entries } = dayEnd;
  const created = `${day}T23:30:00Z`;
  const statement =
    element('Id', statementId) +
    element('CreDtTm', created) +
    accountText(account) +
    balanceText('OPBD', opening, dayEnd) +
    balanceText('CLBD', closingOf(dayEnd), dayEnd) +
    entries.map((entry) => entryText(entry, dayEnd)).join('');
  const head = element('GrpHdr', element('MsgId', statementId) + element('CreDtTm', created));
  const body = element('BkToCstmrStmt', head + element('Stmt', statement));
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${body}</Document>`;
}
