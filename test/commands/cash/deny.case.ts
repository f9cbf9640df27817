/** The supplier's bank states that no money came, a week after the last day of the batch. */
import { daysAfter } from '../../deal/inputs.js';
import { instruct } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';

export const deny = caseOf('cash:deny', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank'],
  writes: ['proof', 'ticket'],
  event: ['tenor.cash.deny.v1', 'legId ticketId'],
  request: { legId: 'id', ticketId: 'id' },
  again: 'ok',
  due: true,
  reach: async (stage) => {
    const [legId, other] = [stage.id('bank', 'contractor'), stage.id('bank', 'supplier')];
    const expiresOn = stage.date;
    await instruct(stage, { moneyId: legId, legIds: [legId, other], sliceId: '', deliveryId: other }, { expiresOn });
    await stage.moveTo(daysAfter(expiresOn, 7));
    return { input: { legId, ticketId: stage.id('bank') } };
  },
});
