/** A rejection is written by the bank alone, so that nobody can stall it. */
import { FACE, MSP, REJECTION, unsaltedOf } from '../support/facts.js';
import { callerOf, put, sceneOf, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { FACE_ROWS } from '../support/vouching.js';
import { reject } from './reject.case.js';

describeCommand({
  of: reject,
  scene: sceneOf(
    'certificate:reject',
    callerOf('bank', ['maker', 'checker']),
    { certificateId: FACE.id },
    { shown: [FACE] },
  ),
  books: [['CONFIRMATION_EXISTS', 'it is confirmed or rejected', taken(MSP.bank, 'confirmation', FACE.id)]],
  unvouched: FACE_ROWS,
  rules: [],
  writes: put('confirmation', FACE.id, unsaltedOf(REJECTION), { in: [MSP.bank] }),
});
