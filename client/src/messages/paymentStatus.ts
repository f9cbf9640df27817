/** Writes the reports of a bank to a bank about payments: pacs.002.001.10. Its reader is `readPaymentStatus`. */
import { any, group, one, optional, type FormIn } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { agents, headerAgents, identification, originalIds, originalMessage } from './interbank.js';
import { writeMessage } from './message.js';
import { account, reason } from './parties.js';
import { date, dateOfEither, instant, money, text, uetr } from './values.js';

const DEFINITION = { name: 'pacs.002.001', version: '10', body: 'FIToFIPmtStsRpt' };

const FORM = group({
  ...identification,
  ...headerAgents,
  /** What is said of all payments of a message. It proves no single payment. */
  groups: any(
    'OrgnlGrpInfAndSts',
    group({ ...originalMessage, status: optional('GrpSts', text(4)), reasons: any('StsRsnInf', reason) }),
  ),
  transactions: any(
    'TxInfAndSts',
    group({
      statusId: optional('StsId', text(35)),
      ...originalIds,
      uetr: optional('OrgnlUETR', uetr),
      /** Code of ISO 20022's external set, for example `ACCC` (credited), `ACSP` (in process), `RJCT` (rejected). */
      status: one('TxSts', text(4)),
      reasons: any('StsRsnInf', reason),
      acceptedAt: optional('AccptncDtTm', instant),
      effectiveDate: optional('FctvIntrBkSttlmDt', dateOfEither),
      servicerReference: optional('AcctSvcrRef', text(35)),
      clearingReference: optional('ClrSysRef', text(35)),
      ...agents,
      amount: optional('OrgnlTxRef/IntrBkSttlmAmt', money),
      settlementDate: optional('OrgnlTxRef/IntrBkSttlmDt', date),
      creditorAccount: optional('OrgnlTxRef/CdtrAcct', account),
    }),
  ),
});

/** A status report, as it is given to write a message. */
export type PaymentStatusInput = FormIn<typeof FORM>;

/** Writes a pacs.002. @throws MessageError */
export const writePaymentStatus = (input: PaymentStatusInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);
