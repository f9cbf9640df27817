/** What orders (pain.001) and requests (pain.013) of customers have in common, and the reports about them (pain.002, pain.014). */
import type { DocumentAmount } from '../documents/values.js';
import type { Named } from '../documents/iso20022.js';
import { any, group, one, optional, parts } from './form.js';
import { originalMessage } from './interbank.js';
import { party, reason } from './parties.js';
import { counted, instant, summed, text, uetr, type Money } from './values.js';

/** Payments, each for one debtor, with transactions to several creditors. */
interface Payments<Each> {
  readonly payments: readonly { readonly transactions: readonly Each[] }[];
}

/** The amounts of all transactions. */
export const amountsOfAll = ({
  payments,
}: Payments<{ readonly amount: Money | DocumentAmount }>): readonly (Money | DocumentAmount)[] =>
  payments.flatMap(({ transactions }) => transactions.map(({ amount }) => amount));

/** What the header of an order says, behind its id and time. */
export const orderHeader = {
  count: counted('GrpHdr/NbOfTxs', ({ payments }: Payments<unknown>) =>
    payments.reduce((sum, { transactions }) => sum + transactions.length, 0),
  ),
  controlSum: summed('GrpHdr/CtrlSum', amountsOfAll),
  /** Who sends the order. */
  initiator: one('GrpHdr/InitgPty', party),
};

/** By what a payment of a customer is known. */
export const customerIds = {
  instructionId: optional('PmtId/InstrId', text(35)),
  endToEndId: one('PmtId/EndToEndId', text(35)),
  uetr: optional('PmtId/UETR', uetr),
};

const NAMED: Named = { uetr: 'OrgnlUETR', endToEndId: 'OrgnlEndToEndId', references: () => [] };

const transaction = group({
  statusId: optional('StsId', text(35)),
  instructionId: optional('OrgnlInstrId', text(35)),
  endToEndId: optional('OrgnlEndToEndId', text(35)),
  uetr: optional('OrgnlUETR', uetr),
  /** Code of ISO 20022's external set, for example `ACCP` (accepted), `ACSC` (settled), `RJCT` (rejected). */
  status: one('TxSts', text(4)),
  reasons: any('StsRsnInf', reason),
  acceptedAt: optional('AccptncDtTm', instant),
  servicerReference: optional('AcctSvcrRef', text(35)),
  clearingReference: optional('ClrSysRef', text(35)),
});

/** What a report says of an order, of each of its payments, and of each transaction. */
export const statuses = {
  original: one(
    'OrgnlGrpInfAndSts',
    group({ ...originalMessage, status: optional('GrpSts', text(4)), reasons: any('StsRsnInf', reason) }),
  ),
  payments: any(
    'OrgnlPmtInfAndSts',
    group({
      paymentId: one('OrgnlPmtInfId', text(35)),
      status: optional('PmtInfSts', text(4)),
      reasons: any('StsRsnInf', reason),
      transactions: parts('TxInfAndSts', NAMED, transaction),
    }),
  ),
};
