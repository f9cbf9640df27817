/** A bank answers whether payments that were asked back come back: camt.029.001.09. */
import type { Named } from '../documents/iso20022.js';
import { any, group, one, optional, parts, type FormIn, type FormOut } from './form.js';
import type { BusinessHeaderInput } from './header.js';
import { originalIds, originalMessage } from './interbank.js';
import { readReport, writeMessage, type ReadMessage, type ReadReport } from './message.js';
import { reason } from './parties.js';
import { assignment, investigation } from './recall.js';
import { date, money, oneOf, text, uetr } from './values.js';

const DEFINITION = { name: 'camt.029.001', version: '09', body: 'RsltnOfInvstgtn' };

const NAMED: Named = { uetr: 'OrgnlUETR', endToEndId: 'OrgnlEndToEndId', references: () => [] };

const transaction = group({
  statusId: optional('CxlStsId', text(35)),
  case: optional('RslvdCase', investigation),
  ...originalIds,
  clearingReference: optional('OrgnlClrSysRef', text(35)),
  uetr: optional('OrgnlUETR', uetr),
  /** Whether it comes back: accepted (ACCR), rejected (RJCR), pending (PDCR). */
  status: optional('TxCxlSts', oneOf(['ACCR', 'RJCR', 'PDCR'])),
  reasons: any('CxlStsRsnInf', reason),
  amount: optional('OrgnlIntrBkSttlmAmt', money),
  settlementDate: optional('OrgnlIntrBkSttlmDt', date),
});

const FORM = group({
  ...assignment,
  case: optional('RslvdCase', investigation),
  /** Code of ISO 20022's external set, for example `CNCL` (comes back), `RJCR` (does not), `PDCR` (pending). */
  status: one('Sts/Conf', text(4)),
  groups: any(
    'CxlDtls',
    group({
      original: optional(
        'OrgnlGrpInfAndSts',
        group({
          ...originalMessage,
          status: optional('GrpCxlSts', oneOf(['ACCR', 'RJCR', 'PDCR', 'PACR'])),
          reasons: any('CxlStsRsnInf', reason),
        }),
      ),
      transactions: parts('TxInfAndSts', NAMED, transaction),
    }),
  ),
});

/** An answer to a recall, as it is given to write a message. */
export type RecallAnswerInput = FormIn<typeof FORM>;
/** An answer to a recall. */
export type RecallAnswer = ReadMessage<'RECALL_ANSWER'> & ReadReport & FormOut<typeof FORM>;

/** Writes a camt.029. @throws MessageError */
export const writeRecallAnswer = (input: RecallAnswerInput, header?: BusinessHeaderInput): string =>
  writeMessage(DEFINITION, FORM, input, header);

/** Reads a camt.029. A transaction that cannot be read is listed. @throws DocumentError as the readers of messages */
export const readRecallAnswer = (xml: string | Uint8Array): RecallAnswer =>
  readReport(DEFINITION, 'RECALL_ANSWER', FORM, xml);
