/** Notifications of a bank to its customers that money was booked: camt.054.001, versions 04 and from 08 on. */
import { entryOf, NAMED_IN_ENTRY, VERSIONS_OF_BOOKINGS, type CreditEntry } from './accountEntry.js';
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
import { accountOf, instantOf, optionally, present, type Account } from './values.js';
import type { XmlElement } from './xml.js';

/** What was booked on one account. */
export interface AccountNotification {
  readonly account: Account;
  readonly page?: Page;
  readonly entries: readonly CreditEntry[];
}

/** A notification, for one account or more. */
export interface CreditNotification {
  readonly type: 'CREDIT_NOTIFICATION';
  /** Message definition identifier with its version, for example `camt.054.001.08`. */
  readonly definition: string;
  readonly messageId: string;
  /** When the notification was made, as the bank wrote it. */
  readonly createdAt: string;
  readonly page?: Page;
  readonly accounts: readonly AccountNotification[];
  /** Entries, and accounts, that do not say what they have to say. They take nothing from the others. */
  readonly unread: readonly UnreadPart[];
  /** SHA-256 of the file as it was received, lower-case hex. */
  readonly sha256: string;
}

const KIND: MessageKind = {
  name: 'camt.054.001',
  ...VERSIONS_OF_BOOKINGS,
  body: 'BkToCstmrDbtCdtNtfctn',
};

/** One account's part, with its entries, each read by itself. */
function accountNotificationOf(notification: XmlElement, unread: UnreadPart[]): AccountNotification {
  const account = accountOf(notification.one('Acct'));
  const page = optionally(notification, 'NtfctnPgntn', pageOf);
  const entries = readParts(notification.all('Ntry'), NAMED_IN_ENTRY, entryOf);
  unread.push(...entries.unread);
  return present<AccountNotification>({ account, page, entries: entries.read });
}

function creditNotificationOf(message: Message): CreditNotification {
  const { definition, body, sha256 } = message;
  const unread: UnreadPart[] = [];
  const accounts = readParts(body.some('Ntfctn'), NAMED_IN_ENTRY, (each) => accountNotificationOf(each, unread));
  return present<CreditNotification>({
    type: 'CREDIT_NOTIFICATION',
    definition,
    messageId: body.one('GrpHdr/MsgId').text(),
    createdAt: instantOf(body.one('GrpHdr/CreDtTm')),
    page: optionally(body, 'GrpHdr/MsgPgntn', pageOf),
    accounts: accounts.read,
    unread: [...accounts.unread, ...unread],
    sha256,
  });
}

/**
 * Reads a camt.054, alone or in an envelope with its business header, about one account or more. An entry that cannot be read is listed,
 * and takes nothing from the others.
 * @throws DocumentError as `readMessage`
 */
export const readCreditNotification = (xml: string | Uint8Array): CreditNotification =>
  readFile(xml, (entered) => creditNotificationOf(readMessage(entered, KIND)));
