/** Writes notifications of a bank to its customers that money was booked: camt.054.001.08. Its reader is `readCreditNotification`. */
import { accountTold, entry, page } from './entries.js';
import { any, group, one, optional, some, type FormIn } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { identification } from './interbank.js';
import { writeMessage } from './message.js';
import { instant, text } from './values.js';

const DEFINITION = { name: 'camt.054.001', version: '08', body: 'BkToCstmrDbtCdtNtfctn' };

const FORM = group({
  ...identification,
  page: optional('GrpHdr/MsgPgntn', page),
  accounts: some(
    'Ntfctn',
    group({
      notificationId: one('Id', text(35)),
      page: optional('NtfctnPgntn', page),
      createdAt: optional('CreDtTm', instant),
      ...accountTold,
      entries: any('Ntry', entry),
    }),
  ),
});

/** A notification, as it is given to write a message. */
export type CreditNotificationInput = FormIn<typeof FORM>;

/** Writes a camt.054. @throws MessageError */
export const writeCreditNotification = (input: CreditNotificationInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);
