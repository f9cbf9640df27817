/** Writes payments that go back: pacs.004.001.09. Its reader is `readPaymentReturn`. */
import { any, group, one, optional, some, type FormIn } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { agents, amountsOf, chargeBearer, originalIds, settlement, transferCounts } from './interbank.js';
import { writeMessage } from './message.js';
import { reason } from './parties.js';
import { date, money, text, uetr, sumChecked } from './values.js';

const DEFINITION = { name: 'pacs.004.001', version: '09', body: 'PmtRtr' };

const FORM = group({
  ...transferCounts,
  total: sumChecked('GrpHdr/TtlRtrdIntrBkSttlmAmt', amountsOf),
  ...settlement,
  transactions: some(
    'TxInf',
    group({
      /** Reference of the return itself. */
      returnId: optional('RtrId', text(35)),
      ...originalIds,
      uetr: optional('OrgnlUETR', uetr),
      /** What had been paid. */
      originalAmount: optional('OrgnlIntrBkSttlmAmt', money),
      originalSettlementDate: optional('OrgnlIntrBkSttlmDt', date),
      /** What comes back. It may be less than what was paid. */
      amount: one('RtrdIntrBkSttlmAmt', money),
      settlementDate: optional('IntrBkSttlmDt', date),
      chargeBearer: optional('ChrgBr', chargeBearer),
      ...agents,
      reasons: any('RtrRsnInf', reason),
    }),
  ),
});

/** Payments that go back, as they are given to write a message. */
export type PaymentReturnInput = FormIn<typeof FORM>;

/** Writes a pacs.004. @throws MessageError */
export const writePaymentReturn = (input: PaymentReturnInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);
