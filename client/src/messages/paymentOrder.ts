/** Payments that a customer orders of its bank: pain.001.001.09. */
import { group, one, optional, some, type FormIn, type FormOut } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { chargeBearer, identification } from './interbank.js';
import { readOrder, writeMessage, type ReadMessage } from './message.js';
import { amountsOfAll, customerIds, orderHeader } from './orders.js';
import { account, agent, codeOrOwn, party, remittance } from './parties.js';
import { counted, dateOfEither, money, oneOf, summed, text } from './values.js';

const DEFINITION = { name: 'pain.001.001', version: '09', body: 'CstmrCdtTrfInitn' };

const transaction = group({
  ...customerIds,
  amount: one('Amt/InstdAmt', money),
  chargeBearer: optional('ChrgBr', chargeBearer),
  ultimateDebtor: optional('UltmtDbtr', party),
  creditorAgent: optional('CdtrAgt', agent),
  creditor: one('Cdtr', party),
  creditorAccount: one('CdtrAcct', account),
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
      paymentId: one('PmtInfId', text(35)),
      /** A transfer (TRF), one with an advice (TRA), or a cheque (CHK). */
      method: one('PmtMtd', oneOf(['TRF', 'TRA', 'CHK'])),
      count: counted(
        'NbOfTxs',
        ({ transactions }: { readonly transactions: readonly unknown[] }) => transactions.length,
      ),
      controlSum: summed('CtrlSum', (payment: Parameters<typeof amountsOfAll>[0]['payments'][number]) =>
        amountsOfAll({ payments: [payment] }),
      ),
      executionDate: one('ReqdExctnDt', dateOfEither),
      debtor: one('Dbtr', party),
      debtorAccount: one('DbtrAcct', account),
      debtorAgent: one('DbtrAgt', agent),
      ultimateDebtor: optional('UltmtDbtr', party),
      chargeBearer: optional('ChrgBr', chargeBearer),
      transactions: some('CdtTrfTxInf', transaction),
    }),
  ),
});

/** Payments to order, as they are given to write a message. */
export type PaymentOrderInput = FormIn<typeof FORM>;
/** Payments that a customer orders. */
export type PaymentOrder = ReadMessage<'PAYMENT_ORDER'> & FormOut<typeof FORM>;

/** Writes a pain.001. @throws MessageError */
export const writePaymentOrder = (input: PaymentOrderInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);

/** Reads a pain.001, whole or not at all. @throws DocumentError as the readers of messages */
export const readPaymentOrder = (xml: string | Uint8Array): PaymentOrder =>
  readOrder(DEFINITION, 'PAYMENT_ORDER', FORM, xml);
