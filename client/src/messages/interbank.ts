/** What the messages about payments between banks have in common. */
import type { DocumentAmount } from '../documents/values.js';
import { group, one, optional } from './form.js';
import { account, agent, clearingSystem, party } from './parties.js';
import { counted, date, instant, oneOf, sumChecked, text, uetr } from './values.js';

/** Id and time of a message, which its sender gives. */
export const identification = {
  messageId: one('GrpHdr/MsgId', text(35)),
  createdAt: one('GrpHdr/CreDtTm', instant),
};

/** The banks between which a message goes, where its header says it for all payments. */
export const headerAgents = {
  instructingAgent: optional('GrpHdr/InstgAgt', agent),
  instructedAgent: optional('GrpHdr/InstdAgt', agent),
};

/** The banks of one payment. */
export const agents = {
  instructingAgent: optional('InstgAgt', agent),
  instructedAgent: optional('InstdAgt', agent),
};

interface Transfers<Each> {
  readonly transactions: readonly Each[];
}

/** The amounts of all payments. */
export const amountsOf = ({
  transactions,
}: Transfers<{ readonly amount: DocumentAmount }>): readonly DocumentAmount[] =>
  transactions.map(({ amount }) => amount);

/** Id, time, count and sum of payments between banks. */
export const transferCounts = {
  ...identification,
  count: counted('GrpHdr/NbOfTxs', ({ transactions }: Transfers<unknown>) => transactions.length),
  controlSum: sumChecked('GrpHdr/CtrlSum', amountsOf),
};

/** How the banks settle. */
export const settlement = {
  /** For all payments that do not say it themselves. */
  settlementDate: optional('GrpHdr/IntrBkSttlmDt', date),
  /** On the account of the instructed bank (INDA) or of the instructing one (INGA), by cover (COVE), or by clearing (CLRG). */
  settlementMethod: one('GrpHdr/SttlmInf/SttlmMtd', oneOf(['INDA', 'INGA', 'COVE', 'CLRG'])),
  settlementAccount: optional('GrpHdr/SttlmInf/SttlmAcct', account),
  clearingSystem: optional('GrpHdr/SttlmInf/ClrSys', clearingSystem),
  ...headerAgents,
};

/** By what a payment between banks is known. */
export const paymentIds = {
  instructionId: optional('PmtId/InstrId', text(35)),
  endToEndId: one('PmtId/EndToEndId', text(35)),
  transactionId: optional('PmtId/TxId', text(35)),
  uetr: optional('PmtId/UETR', uetr),
  clearingReference: optional('PmtId/ClrSysRef', text(35)),
};

/** Who bears the charges. */
export const chargeBearer = oneOf(['DEBT', 'CRED', 'SHAR', 'SLEV']);

/** The customers at both ends of a payment, and their banks. */
export const customers = {
  debtor: one('Dbtr', party),
  debtorAccount: optional('DbtrAcct', account),
  debtorAgent: one('DbtrAgt', agent),
  creditorAgent: one('CdtrAgt', agent),
  creditor: one('Cdtr', party),
  creditorAccount: optional('CdtrAcct', account),
};

/** An earlier message that this one is about. */
export const originalMessage = {
  messageId: one('OrgnlMsgId', text(35)),
  /** Which message it was, with its version where its sender says it: for example `pacs.008.001.08`, or `MT103`. */
  definition: one('OrgnlMsgNmId', text(35)),
  createdAt: optional('OrgnlCreDtTm', instant),
};

/** By what a payment of an earlier message is known. */
export const originalIds = {
  original: optional('OrgnlGrpInf', group(originalMessage)),
  instructionId: optional('OrgnlInstrId', text(35)),
  endToEndId: optional('OrgnlEndToEndId', text(35)),
  transactionId: optional('OrgnlTxId', text(35)),
};
