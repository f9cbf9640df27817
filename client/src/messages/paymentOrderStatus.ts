/** Reports of a bank to its customer about payment orders: pain.002.001.10. */
import { group, optional, type FormIn, type FormOut } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { identification } from './interbank.js';
import { readReport, writeMessage, type ReadMessage, type ReadReport } from './message.js';
import { statuses } from './orders.js';
import { agent, party } from './parties.js';

const DEFINITION = { name: 'pain.002.001', version: '10', body: 'CstmrPmtStsRpt' };

const FORM = group({
  ...identification,
  initiator: optional('GrpHdr/InitgPty', party),
  debtorAgent: optional('GrpHdr/DbtrAgt', agent),
  creditorAgent: optional('GrpHdr/CdtrAgt', agent),
  ...statuses,
});

/** A report, as it is given to write a message. */
export type PaymentOrderStatusInput = FormIn<typeof FORM>;
/** A report about payment orders. */
export type PaymentOrderStatus = ReadMessage<'PAYMENT_ORDER_STATUS'> & ReadReport & FormOut<typeof FORM>;

/** Writes a pain.002. @throws MessageError */
export const writePaymentOrderStatus = (input: PaymentOrderStatusInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);

/** Reads a pain.002. A transaction that cannot be read is listed. @throws DocumentError as the readers of messages */
export const readPaymentOrderStatus = (xml: string | Uint8Array): PaymentOrderStatus =>
  readReport(DEFINITION, 'PAYMENT_ORDER_STATUS', FORM, xml);
