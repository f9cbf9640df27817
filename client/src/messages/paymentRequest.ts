/** Payments that a creditor asks its debtor for, through their banks: pain.013.001.07. */
import { group, one, optional, some, type FormIn, type FormOut } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { chargeBearer, identification } from './interbank.js';
import { readOrder, writeMessage, type ReadMessage } from './message.js';
import { customerIds, orderHeader } from './orders.js';
import { account, agent, codeOrOwn, party, remittance } from './parties.js';
import { dateOfEither, money, oneOf, text } from './values.js';

const DEFINITION = { name: 'pain.013.001', version: '07', body: 'CdtrPmtActvtnReq' };

const transaction = group({
  ...customerIds,
  amount: one('Amt/InstdAmt', money),
  chargeBearer: one('ChrgBr', chargeBearer),
  ultimateDebtor: optional('UltmtDbtr', party),
  creditorAgent: one('CdtrAgt', agent),
  creditor: one('Cdtr', party),
  creditorAccount: optional('CdtrAcct', account),
  ultimateCreditor: optional('UltmtCdtr', party),
  purpose: optional('Purp', codeOrOwn),
  remittance,
});

const FORM = group({
  ...identification,
  ...orderHeader,
  payments: some(
    'PmtInf',
    group({
      paymentId: optional('PmtInfId', text(35)),
      /** A transfer (TRF), or a cheque (CHK). */
      method: one('PmtMtd', oneOf(['TRF', 'CHK'])),
      executionDate: one('ReqdExctnDt', dateOfEither),
      /** The last day on which the debtor may answer. */
      expiryDate: optional('XpryDt', dateOfEither),
      debtor: one('Dbtr', party),
      debtorAccount: optional('DbtrAcct', account),
      debtorAgent: one('DbtrAgt', agent),
      ultimateDebtor: optional('UltmtDbtr', party),
      chargeBearer: optional('ChrgBr', chargeBearer),
      transactions: some('CdtTrfTx', transaction),
    }),
  ),
});

/** Payments to ask for, as they are given to write a message. */
export type PaymentRequestInput = FormIn<typeof FORM>;
/** Payments that a creditor asks for. */
export type PaymentRequest = ReadMessage<'PAYMENT_REQUEST'> & FormOut<typeof FORM>;

/** Writes a pain.013. @throws MessageError */
export const writePaymentRequest = (input: PaymentRequestInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);

/** Reads a pain.013, whole or not at all. @throws DocumentError as the readers of messages */
export const readPaymentRequest = (xml: string | Uint8Array): PaymentRequest =>
  readOrder(DEFINITION, 'PAYMENT_REQUEST', FORM, xml);
