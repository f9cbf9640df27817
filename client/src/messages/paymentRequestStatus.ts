/** Reports of a bank to its customer about requests for payment: pain.014.001.07. */
import { group, one, optional, type FormIn, type FormOut } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { identification } from './interbank.js';
import { readReport, writeMessage, type ReadMessage, type ReadReport } from './message.js';
import { statuses } from './orders.js';
import { agent, party } from './parties.js';

const DEFINITION = { name: 'pain.014.001', version: '07', body: 'CdtrPmtActvtnReqStsRpt' };

const FORM = group({
  ...identification,
  initiator: one('GrpHdr/InitgPty', party),
  debtorAgent: optional('GrpHdr/DbtrAgt', agent),
  creditorAgent: optional('GrpHdr/CdtrAgt', agent),
  ...statuses,
});

/** A report, as it is given to write a message. */
export type PaymentRequestStatusInput = FormIn<typeof FORM>;
/** A report about requests for payment. */
export type PaymentRequestStatus = ReadMessage<'PAYMENT_REQUEST_STATUS'> & ReadReport & FormOut<typeof FORM>;

/** Writes a pain.014. @throws MessageError */
export const writePaymentRequestStatus = (input: PaymentRequestStatusInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);

/** Reads a pain.014. A transaction that cannot be read is listed. @throws DocumentError as the readers of messages */
export const readPaymentRequestStatus = (xml: string | Uint8Array): PaymentRequestStatus =>
  readReport(DEFINITION, 'PAYMENT_REQUEST_STATUS', FORM, xml);
