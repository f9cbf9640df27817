/** Payments of banks to banks, for themselves or as cover of a customer's payment: pacs.009.001.08. */
import { group, one, optional, some, type FormIn, type FormOut } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { agents, amountsOf, customers, paymentIds, settlement, transferCounts } from './interbank.js';
import { readOrder, writeMessage, type ReadMessage } from './message.js';
import { account, agent, codeOrOwn, party, remittance } from './parties.js';
import { date, money, sumChecked } from './values.js';

const DEFINITION = { name: 'pacs.009.001', version: '08', body: 'FICdtTrf' };

const FORM = group({
  ...transferCounts,
  total: sumChecked('GrpHdr/TtlIntrBkSttlmAmt', amountsOf),
  ...settlement,
  transactions: some(
    'CdtTrfTxInf',
    group({
      ...paymentIds,
      amount: one('IntrBkSttlmAmt', money),
      settlementDate: optional('IntrBkSttlmDt', date),
      ...agents,
      debtor: one('Dbtr', agent),
      debtorAccount: optional('DbtrAcct', account),
      debtorAgent: optional('DbtrAgt', agent),
      creditorAgent: optional('CdtrAgt', agent),
      creditor: one('Cdtr', agent),
      creditorAccount: optional('CdtrAcct', account),
      purpose: optional('Purp', codeOrOwn),
      remittance,
      /** The customer's payment that this one covers. */
      underlying: optional(
        'UndrlygCstmrCdtTrf',
        group({
          ultimateDebtor: optional('UltmtDbtr', party),
          ...customers,
          ultimateCreditor: optional('UltmtCdtr', party),
          remittance,
          instructedAmount: optional('InstdAmt', money),
        }),
      ),
    }),
  ),
});

/** Payments of banks, as they are given to write a message. */
export type BankTransferInput = FormIn<typeof FORM>;
/** Payments of banks. */
export type BankTransfer = ReadMessage<'BANK_TRANSFER'> & FormOut<typeof FORM>;

/** Writes a pacs.009. @throws MessageError */
export const writeBankTransfer = (input: BankTransferInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);

/** Reads a pacs.009, whole or not at all. @throws DocumentError as the readers of messages */
export const readBankTransfer = (xml: string | Uint8Array): BankTransfer =>
  readOrder(DEFINITION, 'BANK_TRANSFER', FORM, xml);
