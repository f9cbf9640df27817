/** The payee declines: it needs no reason and costs nothing. */
import { CONFIRMATION, FACE, MSP, OFFERED, statusOf, TERMS, unsaltedOf, YESTERDAY } from '../support/facts.js';
import { callerOf, instead, put, record, sceneOf, without } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { CONFIRMED_ROWS, STATUS_ROWS } from '../support/vouching.js';
import { decline } from './decline.case.js';

describeCommand({
  of: decline,
  scene: sceneOf(
    'certificate:decline',
    callerOf('supplier', ['maker', 'checker']),
    { certificateId: TERMS.id },
    {
      shown: [FACE, CONFIRMATION, OFFERED],
    },
  ),
  unvouched: [...CONFIRMED_ROWS, ...STATUS_ROWS],
  loose: [['STATE', 'it is not on offer yet', without('status'), { state: 'CONFIRMED' }]],
  rules: [
    ['STATE', 'it was accepted already', instead(statusOf('ACTIVE'))],
    ['STATE', 'it was declined already', instead(statusOf('DECLINED'))],
    ['OFFER_LAPSED', 'it lapsed', record('status', { offerExpiresOn: YESTERDAY })],
  ],
  writes: put('status', TERMS.id, unsaltedOf(statusOf('DECLINED')), { in: [MSP.bank], copies: [MSP.supplier] }),
});
