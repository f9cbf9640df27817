/** Payments of customers from bank to bank: pacs.008.001.08. */
import { group, one, optional, some, type FormIn, type FormOut } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { agents, amountsOf, chargeBearer, customers, paymentIds, settlement, transferCounts } from './interbank.js';
import { readOrder, writeMessage, type ReadMessage } from './message.js';
import { codeOrOwn, party, remittance } from './parties.js';
import { date, money, rate, sumChecked } from './values.js';

const DEFINITION = { name: 'pacs.008.001', version: '08', body: 'FIToFICstmrCdtTrf' };

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
      /** What the debtor ordered, where it is another amount. */
      instructedAmount: optional('InstdAmt', money),
      exchangeRate: optional('XchgRate', rate),
      chargeBearer: one('ChrgBr', chargeBearer),
      ...agents,
      ultimateDebtor: optional('UltmtDbtr', party),
      ...customers,
      ultimateCreditor: optional('UltmtCdtr', party),
      purpose: optional('Purp', codeOrOwn),
      remittance,
    }),
  ),
});

/** Payments of customers, as they are given to write a message. */
export type CreditTransferInput = FormIn<typeof FORM>;
/** Payments of customers. */
export type CreditTransfer = ReadMessage<'CREDIT_TRANSFER'> & FormOut<typeof FORM>;

/** Writes a pacs.008. @throws MessageError */
export const writeCreditTransfer = (input: CreditTransferInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);

/** Reads a pacs.008, whole or not at all. @throws DocumentError as the readers of messages */
export const readCreditTransfer = (xml: string | Uint8Array): CreditTransfer =>
  readOrder(DEFINITION, 'CREDIT_TRANSFER', FORM, xml);
