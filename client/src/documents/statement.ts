/** Statements of a bank to its customers of what was booked on an account, and its balances: camt.053.001, versions 04 and from 08 on. */
import {
  creditDebitOf,
  entryOf,
  NAMED_IN_ENTRY,
  VERSIONS_OF_BOOKINGS,
  type CreditDebit,
  type CreditEntry,
} from './accountEntry.js';
import { DocumentError } from './documentError.js';
import { readFile } from './frontDoor.js';
import {
  pageOf,
  readMessage,
  readParts,
  type Message,
  type MessageKind,
  type Page,
  type UnreadPart,
} from './iso20022.js';
import {
  accountOf,
  amountOf,
  dateOfChoice,
  dateOfInstant,
  instantOf,
  optionally,
  optionalText,
  present,
  type Account,
} from './values.js';
import type { XmlElement } from './xml.js';

/** The balances of what is booked: the opening one, under either of its names, and the closing one. */
const BOOKED_BALANCES = ['OPBD', 'PRCD', 'CLBD'] as const;

/** What is on the account by what is booked. */
export interface Balance {
  /** `OPBD` or `PRCD` (the closing balance of the day before) opens a statement, `CLBD` closes it. */
  readonly kind: (typeof BOOKED_BALANCES)[number];
  /** True for the balance between two pages of a statement. */
  readonly isInterim: boolean;
  /** Major units, with exactly the decimals of `currency`, without a sign. */
  readonly amount: string;
  readonly currency: string;
  /** `DBIT` when the account is overdrawn. */
  readonly creditDebit: CreditDebit;
  readonly date: string;
}

/** What was booked on one account, or a page of it. */
export interface AccountStatement {
  /** The bank's id of the statement. All its pages have the same. */
  readonly statementId: string;
  readonly account: Account;
  readonly page?: Page;
  /** The bank's number of the statement, in digits. */
  readonly sequence?: string;
  /** First day of the time that the statement is about, where it says so. */
  readonly from?: string;
  /** True when the bank has sent the same statement before. */
  readonly isCopy: boolean;
  /** Balances of what is booked. Others, as the available one, are not read. */
  readonly balances: readonly Balance[];
  /** Only those of status `BOOK` are booked. */
  readonly entries: readonly CreditEntry[];
  /** Entries that do not say what they have to say. They take nothing from the others. */
  readonly unread: readonly UnreadPart[];
}

/** A statement, for one account or more. */
export interface BankStatement {
  readonly type: 'BANK_STATEMENT';
  /** Message definition identifier with its version, for example `camt.053.001.08`. */
  readonly definition: string;
  readonly messageId: string;
  /** When the message was made, as the bank wrote it. */
  readonly createdAt: string;
  readonly page?: Page;
  readonly accounts: readonly AccountStatement[];
  /** Accounts whose part cannot be read. They take nothing from the others. */
  readonly unread: readonly UnreadPart[];
  /** SHA-256 of the file as it was received, lower-case hex. */
  readonly sha256: string;
}

const KIND: MessageKind = { name: 'camt.053.001', ...VERSIONS_OF_BOOKINGS, body: 'BkToCstmrStmt' };

/** A balance of what is booked; any other is nothing that a statement is checked by. @throws DocumentError */
function balanceOf(element: XmlElement): Balance | undefined {
  const code = optionalText(element, 'Tp/CdOrPrtry/Cd');
  const kind = BOOKED_BALANCES.find((each) => each === code);
  if (kind === undefined) return undefined;
  return {
    kind,
    isInterim: optionalText(element, 'Tp/SubTp/Cd') === 'INTM',
    ...amountOf(element.one('Amt'), 'Ccy'),
    creditDebit: creditDebitOf(element.one('CdtDbtInd')),
    date: dateOfChoice(element.one('Dt')),
  };
}

/** The number of a statement (Number, of at most 18 digits). @throws DocumentError DOCUMENT_FIELD_INVALID */
function sequenceOf(element: XmlElement): string {
  const text = element.text();
  if (/^[0-9]{1,18}$/.test(text)) return BigInt(text).toString();
  throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: element.path, expected: 'a number of 1 to 18 digits' });
}

/** One account's part, with its entries, each read by itself. */
function accountStatementOf(statement: XmlElement): AccountStatement {
  const entries = readParts(statement.all('Ntry'), NAMED_IN_ENTRY, entryOf);
  return present<AccountStatement>({
    statementId: statement.one('Id').text(),
    account: accountOf(statement.one('Acct')),
    page: optionally(statement, 'StmtPgntn', pageOf),
    sequence: optionally(statement, 'ElctrncSeqNb', sequenceOf) ?? optionally(statement, 'LglSeqNb', sequenceOf),
    from: optionally(statement, 'FrToDt/FrDtTm', dateOfInstant),
    isCopy: statement.optional('CpyDplctInd') !== undefined,
    balances: statement.some('Bal').flatMap((each) => balanceOf(each) ?? []),
    entries: entries.read,
    unread: entries.unread,
  });
}

function bankStatementOf({ definition, body, sha256 }: Message): BankStatement {
  const accounts = readParts(body.some('Stmt'), NAMED_IN_ENTRY, accountStatementOf);
  return present<BankStatement>({
    type: 'BANK_STATEMENT',
    definition,
    messageId: body.one('GrpHdr/MsgId').text(),
    createdAt: instantOf(body.one('GrpHdr/CreDtTm')),
    page: optionally(body, 'GrpHdr/MsgPgntn', pageOf),
    accounts: accounts.read,
    unread: accounts.unread,
    sha256,
  });
}

/**
 * Reads a camt.053, alone or in an envelope with its business header, about one account or more. An entry that cannot be read is listed,
 * and takes nothing from the others. `statementsIn` puts pages together and checks the balances.
 * @throws DocumentError as `readMessage`
 */
export const readBankStatement = (xml: string | Uint8Array): BankStatement =>
  readFile(xml, (entered) => bankStatementOf(readMessage(entered, KIND)));
