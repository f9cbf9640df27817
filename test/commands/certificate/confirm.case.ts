/** The bank confirms what was submitted, on a line. */
import { caseOf } from '../support/stage.js';
import { openLine, submitted } from '../support/steps.js';

export const confirm = caseOf('certificate:confirm', ['bank', 'checker'], async (stage) => ({
  lineId: await openLine(stage, '5000'),
  certificateIds: [await submitted(stage, '700')],
  ticketId: stage.id('bank'),
}));
