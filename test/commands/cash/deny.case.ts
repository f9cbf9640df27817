/** The contractor states that no money came, a week after the last day of the batch: its bank is the payer's bank too, so it says that itself. */
import { daysAfter } from '../../deal/inputs.js';
import { LEI } from '../../deal/players.js';
import { instruct } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';

export const deny = caseOf('cash:deny', {
  by: ['contractor', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['contractor'],
  writes: ['proof', 'ticket'],
  event: ['tenor.cash.deny.v1', 'legId ticketId'],
  request: { legId: 'id', ticketId: 'id' },
  again: 'ok',
  due: true,
  reach: async (stage) => {
    const [legId, other] = [stage.id('bank', 'supplier'), stage.id('bank', 'contractor')];
    const payment = {
      taker: 'supplier',
      moneyId: legId,
      legIds: [legId, other],
      sliceId: '',
      deliveryId: other,
    } as const;
    const expiresOn = stage.date;
    await instruct(stage, payment, { receiver: LEI.contractor, expiresOn });
    await stage.moveTo(daysAfter(expiresOn, 7));
    return { input: { legId, ticketId: stage.id('contractor') } };
  },
});
