/** A bank asks for payments back that it has sent: camt.056.001.08. */
import { any, group, one, optional, some, type FormIn, type FormOut } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { originalIds, originalMessage } from './interbank.js';
import { readOrder, writeMessage, type ReadMessage } from './message.js';
import { partyOrAgent, reason } from './parties.js';
import { counted, date, instant, money, text, uetr, yesOrNo } from './values.js';

const DEFINITION = { name: 'camt.056.001', version: '08', body: 'FIToFIPmtCxlReq' };

/** Who asks whom, under which id and when. */
export const assignment = {
  messageId: one('Assgnmt/Id', text(35)),
  assigner: one('Assgnmt/Assgnr', partyOrAgent),
  assignee: one('Assgnmt/Assgne', partyOrAgent),
  createdAt: one('Assgnmt/CreDtTm', instant),
};

/** The case under which two banks talk about a payment. */
export const investigation = group({ id: one('Id', text(35)), creator: one('Cretr', partyOrAgent) });

const transaction = group({
  recallId: optional('CxlId', text(35)),
  case: optional('Case', investigation),
  ...originalIds,
  uetr: optional('OrgnlUETR', uetr),
  clearingReference: optional('OrgnlClrSysRef', text(35)),
  /** What had been paid, and when it was settled. */
  amount: optional('OrgnlIntrBkSttlmAmt', money),
  settlementDate: optional('OrgnlIntrBkSttlmDt', date),
  reasons: any('CxlRsnInf', reason),
});

const FORM = group({
  ...assignment,
  case: optional('Case', investigation),
  count: counted('CtrlData/NbOfTxs', ({ groups }: { readonly groups: readonly Recalled[] }) =>
    groups.reduce((sum, { transactions = [] }) => sum + transactions.length, 0),
  ),
  groups: some(
    'Undrlyg',
    group({
      original: optional(
        'OrgnlGrpInfAndCxl',
        group({
          recallId: optional('GrpCxlId', text(35)),
          ...originalMessage,
          /** True when all payments of the message are asked for. */
          isWhole: optional('GrpCxl', yesOrNo),
          reasons: any('CxlRsnInf', reason),
        }),
      ),
      transactions: any('TxInf', transaction),
    }),
  ),
});

interface Recalled {
  readonly transactions?: readonly unknown[] | undefined;
}

/** Payments to ask back, as they are given to write a message. */
export type RecallInput = FormIn<typeof FORM>;
/** Payments that a bank asks back. */
export type Recall = ReadMessage<'RECALL'> & FormOut<typeof FORM>;

/** Writes a camt.056. @throws MessageError */
export const writeRecall = (input: RecallInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);

/** Reads a camt.056, whole or not at all. @throws DocumentError as the readers of messages */
export const readRecall = (xml: string | Uint8Array): Recall => readOrder(DEFINITION, 'RECALL', FORM, xml);
